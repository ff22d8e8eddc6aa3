import type { LogLine, Program, Telling } from '../types.js';
import { thousands, upTo } from './text.js';

/** Trains a model: progress bars, a loss that falls, a checkpoint now and then. */
export function training(epochs: number, batchesShown: number): Program {
  return {
    begin: (run) => [
      `torch 2.5.1+cu124, 2 x A10G (22.5 GiB), commit ${run.commit}`,
      `reading features of ${new Date(run.at - 86_400_000).toISOString().slice(0, 10)}`,
    ],
    step(run, { step }) {
      if (step !== 'train') {
        return [`${step}: ${thousands(run.volume)} examples`, ...evaluation(run, step)];
      }
      return upTo(epochs).flatMap((epoch) => trainEpoch(run, epoch, epochs, batchesShown));
    },
    end: (run) => [`registered model version ${run.commit} in stage "staging"`],
  };
}

function trainEpoch(run: Telling, epoch: number, epochs: number, shown: number): LogLine[] {
  const loss = (part: number) => (0.21 + 0.6 / (epoch + part) + run.random.between(-0.01, 0.01)).toFixed(4);
  const progress = upTo(shown).map((part) => {
    const done = Math.round((part / shown) * 100);
    const bar = '█'.repeat(Math.round(done / 10)).padEnd(10, ' ');
    return `epoch ${epoch}/${epochs}: ${done}%|${bar}| ${Math.round(4.12 * done)}/412 [5.7it/s, loss=${loss(part / shown)}]`;
  });
  const saved: LogLine[] = epoch % 5 === 0 ? [`saved checkpoint s3://models/${run.run}/epoch-${epoch}.pt`] : [];
  return [...progress, `epoch ${epoch}: val_loss=${loss(1)} lr=${(0.001 / epoch).toExponential(1)}`, ...saved];
}

function evaluation(run: Telling, step: string): LogLine[] {
  return step === 'evaluate' ? [`ndcg@10=0.${run.random.int(412, 448)} recall@50=0.${run.random.int(701, 742)}`] : [];
}

/** A batch job on a cluster: stages of tasks. */
export function featureBuild(stages: number): Program {
  return {
    begin: (run) => [
      `spark 3.5.3 application application_${Math.floor(run.at / 1000)}_${String(run.dice).slice(0, 4)} on ${run.host}`,
      'executors: 12 x 8 cores, 32 GiB',
    ],
    step: (run, { title }) => [
      `${title}: starting`,
      ...upTo(stages).map((stage): LogLine => {
        const text = `stage ${stage}.0: ${stage * 40} of ${stages * 40} tasks, shuffle ${run.random.int(2, 90)} GiB`;
        return run.random.chance(0.01) ? ['warn', `${text}, spilled 4.1 GiB to disk`] : text;
      }),
      `${title}: ${thousands(run.volume)} rows`,
    ],
    end: (run) => [`wrote ${thousands(run.volume)} feature rows`],
  };
}
