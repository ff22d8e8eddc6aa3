import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process of a service's embedded engine: its only child. */
export function engineOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const engine = children.find((child) => child > 1);
  if (engine === undefined) {
    throw new Error('The service has no engine running.');
  }
  return engine;
}

/** Where a service's engine answers, for another service: its address with its password. */
export function engineUrl({ data }: { data: string }): string {
  return (JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8')) as { url: string }).url;
}

/** Asks a service's engine itself; its rows as tab-separated text. */
export async function engine(service: { data: string }, query: string): Promise<string[]> {
  const { username, password, origin } = new URL(engineUrl(service));
  const answer = await fetch(`${origin}/?database=joblens&default_format=TabSeparatedRaw`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    body: query,
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(text);
  }
  return text.split('\n').filter((row) => row !== '');
}
