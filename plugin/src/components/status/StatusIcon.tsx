import { css, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconSize } from '@grafana/ui';
import { statusLook, type Status } from '../model/status';
import { toneText } from './tone';

interface Props {
  status: Status;
  size?: IconSize;
  /** Set where the status is also written out beside the icon. */
  decorative?: boolean;
  /** Shows which of the nine statuses it is, instead of clock, check or cross. */
  own?: boolean;
}

export function StatusIcon({ status, size = 'lg', decorative, own }: Props) {
  const styles = useStyles2(getStyles, status);
  const look = statusLook(status);
  const { icon, label } = own ? look.own : look;
  return (
    <span
      className={styles}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
    >
      <Icon name={icon} size={size} aria-hidden />
    </span>
  );
}

const breathe = keyframes({ '50%': { opacity: 0.45 } });

const getStyles = (theme: GrafanaTheme2, status: Status) =>
  css({
    display: 'inline-flex',
    color: toneText(theme, statusLook(status).tone),
    ...(status === 'running' && {
      [theme.transitions.handleMotion('no-preference')]: { animation: `${breathe} 2s ease-in-out infinite` },
    }),
  });
