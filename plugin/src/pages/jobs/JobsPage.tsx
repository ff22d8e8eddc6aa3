import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RunField } from '../../components/client/types';
import { useParam } from '../common/useParam';
import { GroupTable } from './GroupTable';
import { JobFilters } from './JobFilters';
import { JobList } from './JobList';
import { useJobsQuestion } from './useJobsQuestion';

/** Every job: how it last went, how well and how fast it goes, when it comes next. One by one, or in groups. */
export default function JobsPage() {
  const styles = useStyles2(getStyles);
  const question = useJobsQuestion();
  const [group] = useParam('group');
  return (
    <div className={styles}>
      <JobFilters />
      {group ? (
        <GroupTable question={question} group={group as RunField} />
      ) : (
        <JobList key={JSON.stringify(question)} question={question} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    flex: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    containerType: 'inline-size',
    containerName: 'joblens',
  });
