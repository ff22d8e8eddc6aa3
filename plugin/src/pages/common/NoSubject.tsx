import { Alert, TextLink } from '@grafana/ui';
import { hrefTo } from '../paths';

/** A page that is about one thing was opened without saying which. */
export function NoSubject({ what }: { what: 'job' | 'run' }) {
  return (
    <Alert severity="info" title={`This link names no ${what}`}>
      {what === 'job' ? (
        <>
          Choose one among <TextLink href={hrefTo('jobs')}>all jobs</TextLink>.
        </>
      ) : (
        <>
          Choose one in the <TextLink href={hrefTo('history')}>job history</TextLink>.
        </>
      )}
    </Alert>
  );
}
