import { useLocation } from 'react-router-dom';
import { hrefTo } from '../paths';
import { PageTitle } from '../common/PageTitle';
import { t } from '../../i18n/t';

/** The job of the open run, as the page's title; a link to the job. */
export function RunTitle() {
  const job = new URLSearchParams(useLocation().search).get('job');
  return (
    <PageTitle name={job ?? ''}>
      {job ? <a href={hrefTo('job', { job })}>{job}</a> : t('run.runTitle.run', 'Run')}
    </PageTitle>
  );
}
