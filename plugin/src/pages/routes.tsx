import { lazy } from 'react';
import { t } from '../i18n/t';
import { locationService } from '@grafana/runtime';
import type { RunFilter } from '../components/client/types';
import { PageTitle } from './common/PageTitle';
import { failurePanels } from './failures/panels';
import { jobPanels } from './job/panels';
import { nowPanels } from './now/panels';
import { APP_NAME } from './paths';
import { RunTitle } from './run/RunTitle';
import type { PageRoute } from './scene/RoutedPage';

const HistoryPage = lazy(() => import('./history/HistoryPage'));
const FailuresPage = lazy(() => import('./failures/FailuresPage'));
const JobCompare = lazy(() => import('./job/JobCompare'));
const JobFailures = lazy(() => import('./job/JobFailures'));
const JobOverview = lazy(() => import('./job/JobOverview'));
const JobSchedule = lazy(() => import('./job/JobSchedule'));
const JobsPage = lazy(() => import('./jobs/JobsPage'));
const NoJob = lazy(() => import('./job/NoJob'));
const NowPage = lazy(() => import('./now/NowPage'));
const RunPage = lazy(() => import('./run/RunPage'));
const SettingsPage = lazy(() => import('./settings/SettingsPage'));
const TrendsPage = lazy(() => import('./trends/TrendsPage'));

/** Jobs and runs have no entry of their own in Grafana's menu, from which it would know that they belong to the app. */
const aboveJobs = () => [
  { name: 'now', title: APP_NAME } as const,
  { name: 'jobs', title: t('pages.jobs', 'Jobs') } as const,
];
const jobCrumb = (job: string) => ({ name: 'job', title: job, keep: ['job'] }) as const;

/** Every page of the app; the views are loaded when they are opened. */
export const ROUTES: PageRoute[] = [
  {
    name: 'now',
    page: () => ({ title: t('pages.now', 'Now'), from: 'now-24h', content: { view: NowPage, panels: nowPanels } }),
  },
  {
    name: 'history',
    page: () => ({ title: t('pages.history', 'Job history'), from: 'now-24h', content: { view: HistoryPage } }),
  },
  {
    name: 'jobs',
    page: () => ({ title: t('pages.jobs', 'Jobs'), from: 'now-7d', content: { view: JobsPage } }),
  },
  {
    name: 'failures',
    page: () => ({
      title: t('pages.failures', 'Failures'),
      from: 'now-7d',
      content: { view: FailuresPage, panels: () => failurePanels() },
    }),
  },
  {
    name: 'job',
    subject: ['job'],
    page: ({ job = '' }) => {
      const common = { from: 'now-7d', parents: aboveJobs, keep: ['job'] };
      if (job === '') {
        return { ...common, title: t('pages.job', 'Job'), content: { view: NoJob } };
      }
      const filters: RunFilter[] = [{ field: 'job', op: '=', value: job }];
      return {
        ...common,
        title: job,
        renderTitle: (title) => <PageTitle name={title}>{title}</PageTitle>,
        tabs: [
          {
            path: '',
            title: t('pages.job-overview', 'Overview'),
            view: JobOverview,
            filters,
            panels: () => jobPanels(filters),
          },
          { path: 'runs', title: t('pages.job-runs', 'Runs'), view: HistoryPage, filters },
          {
            path: 'failures',
            title: t('pages.failures', 'Failures'),
            view: JobFailures,
            filters,
            panels: () => failurePanels(filters),
          },
          { path: 'compare', title: t('pages.job-compare', 'Compare periods'), view: JobCompare, filters },
          { path: 'schedule', title: t('pages.job-schedule', 'Schedule & config'), view: JobSchedule, filters },
        ],
      };
    },
  },
  {
    name: 'run',
    page: () => ({
      title: t('pages.run', 'Run'),
      from: false,
      renderTitle: () => <RunTitle />,
      parents: () => {
        const job = locationService.getSearch().get('job');
        return job ? [...aboveJobs(), jobCrumb(job)] : aboveJobs();
      },
      keep: ['job', 'run', 'key'],
      content: { view: RunPage },
    }),
  },
  {
    name: 'settings',
    page: () => ({ title: t('pages.settings', 'Settings'), from: false, content: { view: SettingsPage } }),
  },
  {
    name: 'trends',
    page: () => ({ title: t('pages.trends', 'Trends'), from: 'now-30d', content: { view: TrendsPage } }),
  },
];
