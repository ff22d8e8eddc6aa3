import { lazy } from 'react';
import { locationService } from '@grafana/runtime';
import type { RunFilter } from '../components/client/types';
import { failurePanels } from './failures/panels';
import { jobPanels } from './job/panels';
import { nowPanels } from './now/panels';
import { RunTitle } from './run/RunTitle';
import type { PageRoute } from './scene/RoutedPage';

const HistoryPage = lazy(() => import('./history/HistoryPage'));
const FailuresPage = lazy(() => import('./failures/FailuresPage'));
const JobCompare = lazy(() => import('./job/JobCompare'));
const JobFailures = lazy(() => import('./job/JobFailures'));
const JobOverview = lazy(() => import('./job/JobOverview'));
const JobSchedule = lazy(() => import('./job/JobSchedule'));
const JobsPage = lazy(() => import('./jobs/JobsPage'));
const NowPage = lazy(() => import('./now/NowPage'));
const RunPage = lazy(() => import('./run/RunPage'));
const SettingsPage = lazy(() => import('./settings/SettingsPage'));
const TrendsPage = lazy(() => import('./trends/TrendsPage'));

const JOBS = { name: 'jobs', title: 'Jobs' } as const;
const jobCrumb = (job: string) => ({ name: 'job', title: job, keep: ['job'] }) as const;

/** Every page of the app; the views are loaded when they are opened. */
export const ROUTES: PageRoute[] = [
  {
    name: 'now',
    page: () => ({ title: 'Now', from: 'now-24h', content: { view: NowPage, panels: nowPanels } }),
  },
  {
    name: 'history',
    page: () => ({ title: 'Job history', from: 'now-24h', content: { view: HistoryPage } }),
  },
  {
    name: 'jobs',
    page: () => ({ title: 'Jobs', from: 'now-7d', content: { view: JobsPage } }),
  },
  {
    name: 'failures',
    page: () => ({
      title: 'Failures',
      from: 'now-7d',
      content: { view: FailuresPage, panels: () => failurePanels() },
    }),
  },
  {
    name: 'job',
    subject: ['job'],
    page: ({ job = '' }) => {
      const filters: RunFilter[] = [{ field: 'job', op: '=', value: job }];
      return {
        title: job || 'Job',
        from: 'now-7d',
        parents: () => [JOBS],
        keep: ['job'],
        tabs: [
          { path: '', title: 'Overview', view: JobOverview, filters, panels: () => jobPanels(filters) },
          { path: 'runs', title: 'Runs', view: HistoryPage, filters },
          { path: 'failures', title: 'Failures', view: JobFailures, filters, panels: () => failurePanels(filters) },
          { path: 'compare', title: 'Compare periods', view: JobCompare, filters },
          { path: 'schedule', title: 'Schedule & config', view: JobSchedule, filters },
        ],
      };
    },
  },
  {
    name: 'run',
    page: () => ({
      title: 'Run',
      from: false,
      renderTitle: () => <RunTitle />,
      parents: () => {
        const job = locationService.getSearch().get('job');
        return job ? [JOBS, jobCrumb(job)] : [JOBS];
      },
      keep: ['job', 'run', 'key'],
      content: { view: RunPage },
    }),
  },
  {
    name: 'settings',
    page: () => ({ title: 'Settings', from: false, content: { view: SettingsPage } }),
  },
  {
    name: 'trends',
    page: () => ({ title: 'Trends', from: 'now-30d', content: { view: TrendsPage } }),
  },
];
