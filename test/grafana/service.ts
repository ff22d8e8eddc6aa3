/** The Joblens service behind the data source, as whoever sends runs reaches it. */
const url = process.env.JOBLENS_URL ?? 'http://127.0.0.1:8080';
const token = process.env.JOBLENS_WRITE_TOKEN;

/** The uid that `provisioning/datasources/joblens.yaml` gives the data source. */
export const SOURCE_UID = process.env.JOBLENS_SOURCE_UID ?? 'joblens';
export const SOURCE_NAME = process.env.JOBLENS_SOURCE_NAME ?? 'Joblens';
export const SOURCE_TYPE = 'joblens-history-datasource';

async function send(path: string, body: object | object[]): Promise<void> {
  const answer = await fetch(new URL(`${path}?wait=1`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  }
}

/** Sends events of runs and waits until they can be read. */
export const sendRuns = (...runs: Array<Record<string, unknown>>) => send('/v1/runs', runs);

/** Sends log lines and waits until they can be read. */
export const sendLines = (...lines: Array<Record<string, unknown>>) => send('/v1/lines', lines);

/** A name that no earlier test run used. */
export const fresh = (name: string) => `e2e/${name}-${Date.now().toString(36)}`;
