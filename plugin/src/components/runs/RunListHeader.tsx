import { useStyles2 } from '@grafana/ui';
import { getRunListStyles } from './runListStyles';

/** Names over the columns; each row says the same in its label, so screen readers skip this. */
export function RunListHeader() {
  const styles = useStyles2(getRunListStyles);
  return (
    <div className={styles.header} aria-hidden>
      <span>
        <span className={styles.statusWord}>Status</span>
      </span>
      <span>Job</span>
      <span className={styles.run}>Run</span>
      <span>Started</span>
      <span>Duration</span>
      <span title="The tick is what the job usually takes">vs usual</span>
      <span className={styles.connection}>Connection</span>
      <span className={styles.user}>User</span>
      <span>Message</span>
    </div>
  );
}
