import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Services } from '../../http/context.js';
import type { Inflight } from '../../http/body.js';
import type { Accepted } from '../../model/answer.js';
import { toRunEvent, toStepEvent, uuidFrom, type RunEvent } from '../../model/event.js';
import { runEventSchema } from '../../model/run.js';
import { stepEventSchema } from '../../model/step.js';
import { checkItems, parseItems } from '../items.js';
import { eventsPart } from '../parts.js';
import { assertSomeGood, write, type Writing } from '../write.js';

/** `POST /v1/runs`: run events as one object, an array, or NDJSON. */
export function receiveRuns(services: Services, inflight: Inflight) {
  return (c: AppContext) =>
    write(c, services, inflight, (body, key) => {
      const { good, rejected } = checkItems(parseItems(body), runEventSchema);
      const now = Date.now();
      const { tenant } = c.get('caller');
      const events = good.map(({ value, index }) =>
        toRunEvent(value, value.run ?? (key === undefined ? uuidv7() : uuidFrom([tenant, key, index])), now)
      );
      return eventsWriting(
        events,
        { accepted: events.length, rejected, ids: events.map((event) => event.run) },
        'run events'
      );
    });
}

/** `POST /v1/steps`: steps on their own, merged like runs. */
export function receiveSteps(services: Services, inflight: Inflight) {
  return (c: AppContext) =>
    write(c, services, inflight, (body) => {
      const { good, rejected } = checkItems(parseItems(body), stepEventSchema);
      const now = Date.now();
      const events = good.map(({ value }) => toStepEvent(value, now));
      return eventsWriting(events, { accepted: events.length, rejected }, 'steps');
    });
}

/** Run events as a segment keeps them. */
export function eventsWriting(events: readonly RunEvent[], answer: Accepted, what: string): Writing {
  assertSomeGood(events.length, answer, what);
  return { parts: [eventsPart(events)], answer, jobs: events.map(({ job }) => job) };
}
