import { problems } from '../errors.js';
import type { StepAnswer } from '../model/answer.js';
import { readDetail } from '../reads/detail.js';
import { field, frame } from './frames.js';
import { defineQuestion } from './question.js';
import { findRun, runIdFields } from './run-id.js';

/** The steps of a run, in order of their start. */
export const steps = defineQuestion({
  name: 'steps',
  fields: runIdFields,
  formats: ['table'],
  ask: async (context, query) => {
    const found = await findRun(context.db, context.tenant, query);
    if (!found) {
      throw problems.badRequest('Whose steps? Give "key", or "job" and "run".');
    }
    const { steps } = await readDetail(context.db, found);
    const column = <T>(read: (step: StepAnswer) => T) => steps.map(read);
    return [
      frame({ refId: query.refId, name: 'steps', fields: FIELDS }, [
        column((step) => step.step),
        column((step) => step.parent),
        column((step) => step.title ?? ''),
        column((step) => step.status),
        column((step) => toMs(step.started_at)),
        column((step) => toMs(step.finished_at)),
        column((step) => step.duration_ms),
        column((step) => step.error?.message ?? ''),
      ]),
    ];
  },
});

const toMs = (time: string | null) => (time === null ? null : Date.parse(time));

const FIELDS = [
  field.string('step'),
  field.maybeString('parent'),
  field.string('title'),
  field.string('status'),
  field.time('started_at'),
  field.time('finished_at'),
  field.duration('duration'),
  field.string('error'),
];
