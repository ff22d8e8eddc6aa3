import { dateTime, toDataFrame, type DataFrame } from '@grafana/data';
import { render } from '@testing-library/react';
import { of, throwError } from 'rxjs';
import { vi } from 'vitest';
import { ServiceError } from '../../components/client/ServiceError';
import type { JobHistoryClient, Question } from '../../components/client/types';
import { JobHistoryProvider } from '../../components/JobHistoryContext';
import type { Role } from '../../components/model/role';
import { MemoryRouter } from 'react-router-dom';

type Rows = Array<Record<string, unknown>>;

export interface Service {
  /** The rows that a question is answered with; none unless said. An error is one of the service's. */
  answer?(question: Question): Rows | ServiceError | undefined;
  /** JSON of GET routes, by path. */
  resources?: Record<string, unknown>;
  role?: Role;
  /** The address of the page. */
  url?: string;
}

/** Renders a page's view as its scene does, over a service that answers as told; `send` is what it was sent. */
export function renderView(view: React.ReactElement, { answer, resources = {}, role, url = '/' }: Service = {}) {
  const send = vi.fn<JobHistoryClient['send']>(() => Promise.resolve({}));
  const asked: Question[] = [];
  const client: JobHistoryClient = {
    id: 'test',
    ask: (questions) => {
      asked.push(...questions);
      const frames = new Map<string, DataFrame[]>();
      for (const question of questions) {
        const rows = answer?.(question) ?? [];
        if (rows instanceof ServiceError) {
          return throwError(() => rows);
        }
        frames.set(question.refId, [toFrame(rows)]);
      }
      return of(frames);
    },
    get: (path) =>
      path in resources ? Promise.resolve(resources[path]) : Promise.reject(new ServiceError('not_found', path)),
    getFile: () => Promise.reject(new ServiceError('not_found', 'no file')),
    send,
  };
  const [from, to] = [dateTime('2026-11-21T00:00:00Z'), dateTime('2026-11-22T00:00:00Z')];
  const location = { state: {} as never, update: vi.fn(), hrefFor: () => '' };
  render(
    <MemoryRouter initialEntries={[url]}>
      <JobHistoryProvider
        value={{
          client,
          range: { from, to, raw: { from, to } },
          timeZone: 'utc',
          refresh: 0,
          location,
          role,
          onChangeTimeRange: vi.fn(),
        }}
      >
        {view}
      </JobHistoryProvider>
    </MemoryRouter>
  );
  return { send, asked };
}

function toFrame(rows: Rows): DataFrame {
  return toDataFrame({
    fields: Object.keys(rows[0] ?? {}).map((name) => ({ name, values: rows.map((row) => row[name]) })),
  });
}
