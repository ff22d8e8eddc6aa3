import { z } from 'zod';
import { lateSince, overRuntime, nextAt } from '../schedules/judge.js';
import { cadenceOf, type Cadence } from '../schedules/cadence.js';
import { scheduleOf } from '../schedules/terms.js';
import { field, frame } from './frames.js';
import { jobFacts, type JobFacts } from './job-facts.js';
import { jobNumbers } from './job-numbers.js';
import { defineQuestion, type AskContext } from './question.js';
import { strips } from './strips.js';

const KINDS = ['any', 'late', 'missed', 'running'] as const;
type Kind = Exclude<(typeof KINDS)[number], 'any'>;

interface Overdue {
  facts: JobFacts;
  kind: string;
  seconds: number;
  expected_at: number | undefined;
  key: string;
}

/** A job that keeps no schedule but its habit is late at this many times its usual interval. */
const HABIT = 1.5;
const LOOK_BACK_DAYS = 30;

/** Seconds that a job is over its time: its run has not come, or runs too long. 0 for a job on time. */
export const overdue = defineQuestion({
  name: 'overdue',
  fields: { kind: z.enum(KINDS).default('any') },
  formats: ['numeric', 'table'],
  ask: async (context, query, format) => {
    const upToNow = { ...context, from: context.now, to: context.now + 1 };
    const facts = await jobFacts(upToNow, { ...query, timeBy: 'finished' }, LOOK_BACK_DAYS);
    const habits = await habitsOf(upToNow, facts);
    const rows = facts
      .map((job) => worst(job, context.now, query.kind, habits.get(job.job)))
      .filter((row) => row !== undefined)
      .sort((a, b) => b.seconds - a.seconds || a.facts.job.localeCompare(b.facts.job));
    if (format === 'numeric') {
      const value = field.number('overdue', { unit: 's' });
      const numbers = rows.map((row) => [row.facts.job, row.seconds] as const);
      return [await jobNumbers(context, query.refId, value, numbers)];
    }
    return [
      frame({ refId: query.refId, name: 'overdue', fields: FIELDS }, [
        rows.map((row) => row.facts.job),
        rows.map((row) => row.facts.owner),
        rows.map((row) => row.facts.type),
        rows.map((row) => row.kind),
        rows.map((row) => row.seconds),
        rows.map((row) => row.expected_at ?? null),
        rows.map((row) => row.key),
      ]),
    ];
  },
});

const FIELDS = [
  field.string('job'),
  field.string('owner'),
  field.string('type'),
  field.string('kind'),
  field.number('seconds', { unit: 's' }),
  field.time('expected_at'),
  field.string('key'),
];

/** The habits of jobs that have no schedule, and whose owner wants to be told by habit. */
async function habitsOf(context: AskContext, facts: readonly JobFacts[]): Promise<Map<string, Cadence>> {
  const jobs = facts.filter(({ terms }) => terms.alert_on_usual && !terms.paused && terms.schedule === '');
  const bars = await strips(
    context,
    jobs.map(({ job }) => job)
  );
  return new Map([...bars].map(([job, of]) => [job, cadenceOf(of)]));
}

/** The most that a job is over its time in any of the kinds asked for; undefined where it has no time to be over. */
function worst(facts: JobFacts, now: number, kind: Kind | 'any', habit: Cadence | undefined): Overdue | undefined {
  const found = [
    kind === 'running' ? undefined : (notCome(facts, now, kind) ?? byHabit(facts, now, habit)),
    kind === 'any' || kind === 'running' ? tooLong(facts, now) : undefined,
  ];
  return found.filter((one) => one !== undefined).sort((a, b) => b.seconds - a.seconds)[0];
}

const secondsSince = (since: number, now: number) => Math.max(0, Math.round((now - since) / 1000));

function notCome(facts: JobFacts, now: number, kind: Kind | 'any'): Overdue | undefined {
  if (!scheduleOf(facts.terms)) {
    return undefined;
  }
  if (facts.missed > 0) {
    const since = facts.first_missed_at;
    return { facts, kind: 'missed', seconds: secondsSince(since, now), expected_at: since, key: facts.missed_key };
  }
  const late = kind === 'missed' ? undefined : lateSince(facts, now);
  return late === undefined
    ? { facts, kind: 'on time', seconds: 0, expected_at: nextAt(facts, now), key: '' }
    : { facts, kind: 'late', seconds: secondsSince(late, now), expected_at: late, key: '' };
}

function byHabit(facts: JobFacts, now: number, habit: Cadence | undefined): Overdue | undefined {
  if (!habit?.every || facts.started_at === 0) {
    return undefined;
  }
  const expected = facts.started_at + habit.every;
  const over = now - facts.started_at > habit.every * HABIT;
  return {
    facts,
    kind: over ? 'later than usual' : 'on time',
    seconds: over ? secondsSince(expected, now) : 0,
    expected_at: expected,
    key: '',
  };
}

/** What is usual makes a limit only where the job's owner wants that; a screen may show more than an alert says. */
function tooLong(facts: JobFacts, now: number): Overdue | undefined {
  const over = overRuntime(facts, now, facts.terms.alert_on_usual);
  if (facts.open_at === 0) {
    return undefined;
  }
  return {
    facts,
    kind: over !== undefined && over > 0 ? 'running too long' : 'running',
    seconds: Math.max(0, Math.round((over ?? 0) / 1000)),
    expected_at: over === undefined ? undefined : now - over,
    key: facts.open_key,
  };
}
