import { BY_HAND, fillLines, fillRuns, QUESTIONS } from './store.mjs';
import { ms, row, timed } from './support.mjs';

const DAY = 86_400_000;

/**
 * Every question over a year of runs; what a person would write by hand for some of them, on the same tables; and how the
 * cost of the overview grew since there was a tenth of them. Asked right after all was written, and once ClickHouse has
 * merged it, as it has most of what it holds.
 */
export async function questions({ url, db }, { runs, lines }) {
  await fillRuns(db, 0, Math.round(runs / 10), runs);
  const small = await ask(url, QUESTIONS[0]);
  await fillRuns(db, Math.round(runs / 10), runs, runs);
  await fillLines(db, lines);
  console.log(`questions over ${runs} runs of a year and ${lines} lines; 30 days unless said; median and p95 of 9`);
  const written = await askAll({ url, db });
  const growth = written[QUESTIONS[0][0]].median / small.median;
  row('from a tenth to all, the overview', `${growth.toFixed(1)} ×`);
  for (const table of ['runs', 'runs_by_time', 'lines']) {
    await db.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
  }
  console.log('\nthe same, merged');
  return { runs, lines, growth, questions: written, merged: await askAll({ url, db }) };
}

async function askAll({ url, db }) {
  const result = {};
  for (const question of QUESTIONS) {
    const [name] = question;
    const took = await ask(url, question);
    const byHand = BY_HAND[name]
      ? await timed(() => db.exec({ query: `${BY_HAND[name]} FORMAT Null` }).then(drain))
      : undefined;
    result[name] = { ...took, ...(byHand ? { byHand, ratio: took.p95 / byHand.p95 } : {}) };
    row(
      name,
      ms(took.median),
      ms(took.p95),
      byHand ? `by hand ${ms(byHand.median)} ${ms(byHand.p95)}, ratio ${(took.p95 / byHand.p95).toFixed(2)}` : ''
    );
  }
  return result;
}

async function ask(url, [name, query, days = 30]) {
  return timed(async () => {
    const to = Date.now();
    const body = JSON.stringify({ from: to - days * DAY, to, queries: [{ refId: 'A', ...query }] });
    const answer = await (await fetch(`${url}/v1/query`, { method: 'POST', body })).json();
    if (answer.results.A.status !== 200) {
      throw new Error(`${name}: ${answer.results.A.error}`);
    }
  });
}

async function drain({ stream }) {
  stream.resume();
  await new Promise((resolve, reject) => stream.once('close', resolve).once('error', reject));
}
