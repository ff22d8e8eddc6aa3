import { messageOf } from './events.js';
import type { FailureSpec, LogLine, PlannedAttempt, PlannedRun, PlannedStep, RichLine } from './types.js';

interface Timed {
  line: LogLine;
  at: number;
  step?: string;
}

/** The log of one attempt as NDJSON, each line at a time that fits its step. */
export function writeLog(run: PlannedRun, attempt: PlannedAttempt, now: number): { text: string; lines: number } {
  const { spec, telling } = run;
  const attemptField = run.attempts.length > 1 ? `,"attempt":${attempt.attempt}` : '';
  const head = `{"job":${JSON.stringify(spec.job)},"run":${JSON.stringify(telling.run)}${attemptField},"time":`;
  let text = '';
  const lines = tell(run, { ...attempt, finishedAt: attempt.finishedAt ?? now });
  let last = 0;
  lines.forEach(({ line, at, step }, seq) => {
    last = Math.max(last, at);
    text += `${head}${Math.floor(last)},"seq":${seq}${step ? `,"step":"${step}"` : ''}${rest(line, spec.program.bare)}}\n`;
  });
  return { text, lines: lines.length };
}

function tell(run: PlannedRun, attempt: PlannedAttempt & { finishedAt: number }): Timed[] {
  const { program } = run.spec;
  const start = attempt.startedAt;
  if (attempt.status === 'skipped') {
    return spread([...program.begin(run.telling).slice(0, 1), attempt.message ?? 'skipped'], start, attempt.finishedAt);
  }
  const firstStep = attempt.steps[0]?.startedAt ?? start;
  const work = attempt.steps.flatMap((step) => tellStep(run, attempt, step));
  const begin = spread(program.begin(run.telling), start, firstStep + 40);
  return [...begin, ...work, ...tellEnd(run, attempt)];
}

function tellStep(run: PlannedRun, attempt: PlannedAttempt & { finishedAt: number }, step: PlannedStep): Timed[] {
  if (step.startedAt === undefined) {
    return [];
  }
  const { spec, telling } = run;
  const normal = spec.program.step(telling, step.spec);
  const end = step.finishedAt ?? attempt.finishedAt;
  if (step.status === 'succeeded') {
    return spread(normal, step.startedAt, end, step.spec.step);
  }
  if (step.status === 'running') {
    return tellOpenStep(run, step.spec.step, normal, step.startedAt, end);
  }
  const part = normal.slice(0, attempt.failure?.after ?? Math.ceil(normal.length * telling.random.between(0.2, 0.7)));
  if (!attempt.failure || step.status !== 'failed') {
    return spread(part, step.startedAt, end, step.spec.step);
  }
  const calm = step.startedAt + (end - step.startedAt) * 0.15;
  const warnings = (attempt.failure.warnings?.(telling) ?? []).map((message) => ['warn', message] as const);
  return [
    ...spread(part, step.startedAt, calm, step.spec.step),
    ...spread(warnings, calm + (end - calm) * 0.3, end, step.spec.step),
    ...spread(failureLines(run, attempt.failure), end - 4, end, step.spec.step),
  ];
}

/** An open step is as far as its time goes; a stuck one worked for a while and has been waiting since. */
function tellOpenStep({ spec }: PlannedRun, step: string, normal: LogLine[], from: number, to: number): Timed[] {
  const { waiting = [], workedSeconds } = spec.open ?? {};
  const worked = workedSeconds ? Math.min(to, from + workedSeconds * 1000) : to;
  const part = normal.slice(0, Math.ceil(normal.length * 0.45));
  return [...spread(part, from, worked, step), ...spread(waiting, worked, to, step)];
}

/** The error itself, and what the program says below it. */
function failureLines({ telling }: PlannedRun, failure: FailureSpec): LogLine[] {
  const trace = failure.trace?.(telling) ?? [];
  return [`${failure.type}: ${failure.message(telling)}`, ...trace].map((message) => ['error', message] as const);
}

function tellEnd(run: PlannedRun, attempt: PlannedAttempt & { finishedAt: number }): Timed[] {
  const { program } = run.spec;
  const at = attempt.finishedAt;
  const message = messageOf(run, attempt) ?? '';
  switch (attempt.status) {
    case 'succeeded':
      return spread(program.end(run.telling), at - 20, at);
    case 'failed':
      return spread(['exit status 1'], at, at);
    case 'timed_out':
      return spread(
        [
          ['warn', 'received SIGTERM, shutting down'],
          ['error', `TimeLimit: ${message}`],
        ],
        at - 20,
        at
      );
    case 'cancelled':
      return spread([['warn', `received SIGTERM, shutting down: ${message}`]], at, at);
    default:
      return [];
  }
}

function spread(lines: LogLine[], from: number, to: number, step?: string): Timed[] {
  const each = Math.max(0, to - from) / Math.max(lines.length, 1);
  return lines.map((line, index) => ({ line, at: from + index * each + each * ((index * 0.618) % 0.7), step }));
}

function rest(line: LogLine, bare: boolean | undefined): string {
  if (typeof line === 'string') {
    return `${bare ? '' : ',"level":"info"'},"stream":"stdout","message":${JSON.stringify(line)}`;
  }
  if (isRich(line)) {
    return `,${JSON.stringify({ ...line, stream: 'stdout' }).slice(1, -1)}`;
  }
  const [level, message] = line;
  const stream = level === 'error' || level === 'fatal' ? 'stderr' : 'stdout';
  return `,"level":"${level}","stream":"${stream}","message":${JSON.stringify(message)}`;
}

function isRich(line: Exclude<LogLine, string>): line is RichLine {
  return 'message' in line;
}
