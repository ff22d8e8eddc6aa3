import { toDataFrame } from '@grafana/data';
import { expect, it } from 'vitest';
import { eventsOf } from './annotations';

it('makes events that lead to their run and hold no HTML of a job', () => {
  const frame = toDataFrame({
    fields: [
      { name: 'time', values: [1000, 2000] },
      { name: 'timeEnd', values: [5000, null] },
      { name: 'title', values: ['nightly failed', 'hourly missed'] },
      { name: 'text', values: ['<img src=x onerror=alert(1)>', null] },
      { name: 'tags', values: [['failed', 'nightly'], null] },
      { name: 'id', values: ['1', '2'] },
      { name: 'key', values: ['0f6e', '1a'] },
    ],
  });
  const [failed, missed] = eventsOf(frame);
  expect(failed).toMatchObject({
    time: 1000,
    timeEnd: 5000,
    isRegion: true,
    title: 'nightly failed',
    tags: ['failed', 'nightly'],
  });
  expect(failed?.text).not.toContain('<img');
  expect(failed?.text).toContain('href="/a/joblens-history-app/run?key=0f6e"');
  expect(missed).toMatchObject({ time: 2000, isRegion: false, tags: [] });
});
