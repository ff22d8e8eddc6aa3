/** An answer of the service: its status, its headers, and its JSON. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

type Body = string | Uint8Array | object;

/** Calls the service; objects are sent as JSON, everything else as it is. */
export async function call<T = Record<string, unknown>>(
  url: string,
  method: string,
  path: string,
  body?: Body,
  headers: Record<string, string> = {}
): Promise<Answer<T>> {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
}

interface Frame {
  schema: {
    name?: string;
    meta?: { type?: string; dataTopic?: string; custom?: Record<string, unknown> };
    fields: Array<{ name: string; type: string; labels?: Record<string, string>; config?: Record<string, unknown> }>;
  };
  data: { values: unknown[][]; nanos?: Array<number[] | null> };
}

export interface QueryAnswer {
  results: Record<string, { status: number; frames?: Frame[]; error?: string; errorSource?: string }>;
}

/** Asks one question and gives its frames; an error fails the test with its words. */
export async function ask(url: string, query: object, range: { from: number; to: number }): Promise<Frame[]> {
  const { body } = await call<QueryAnswer>(url, 'POST', '/v1/query', { ...range, queries: [{ refId: 'A', ...query }] });
  const answer = body.results['A'];
  if (!answer?.frames) {
    throw new Error(`${JSON.stringify(query)}: ${answer?.error ?? 'no answer'}`);
  }
  return answer.frames;
}

/** A frame's rows as objects. */
export function rowsOf(frame: Frame | undefined): Array<Record<string, unknown>> {
  const length = frame?.data.values[0]?.length ?? 0;
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(
      (frame?.schema.fields ?? []).map((field, column) => [field.name, frame?.data.values[column]?.[i]])
    )
  );
}
