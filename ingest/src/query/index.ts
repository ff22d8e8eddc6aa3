import type { QuestionName } from '../model/question.js';
import { annotations } from './annotations.js';
import { attention } from './attention.js';
import { calendar } from './calendar.js';
import { changes } from './changes.js';
import { compare } from './compare.js';
import { related } from './related.js';
import { rateBaseline } from './rate-baseline.js';
import { capture } from './capture.js';
import { counts } from './counts.js';
import { duration } from './duration.js';
import { durationHistogram } from './duration-histogram.js';
import { errors } from './errors.js';
import { failures } from './failures.js';
import { jobs } from './jobs.js';
import { lineCounts } from './line-counts.js';
import { lines } from './lines.js';
import { logErrors } from './log-errors.js';
import { overdue } from './overdue.js';
import type { Question } from './question.js';
import { rate } from './rate.js';
import { records } from './records.js';
import { recordsFailed } from './records-failed.js';
import { run } from './run.js';
import { runs } from './runs.js';
import { service } from './service.js';
import { slo } from './slo.js';
import { slow } from './slow.js';
import { spike } from './spike.js';
import { steps } from './steps.js';
import { streak } from './streak.js';
import { timeline } from './timeline.js';
import { trends } from './trends.js';
import { values } from './values.js';

/** Every question, by its name. */
export const questions: Readonly<Record<QuestionName, Question>> = {
  runs,
  run,
  jobs,
  counts,
  rate,
  duration,
  duration_histogram: durationHistogram,
  timeline,
  lines,
  line_counts: lineCounts,
  records,
  failures,
  steps,
  streak,
  spike,
  overdue,
  slow,
  annotations,
  values,
  attention,
  errors,
  trends,
  changes,
  calendar,
  compare,
  related,
  baseline: rateBaseline,
  log_errors: logErrors,
  records_failed: recordsFailed,
  service,
  capture,
  slo,
};
