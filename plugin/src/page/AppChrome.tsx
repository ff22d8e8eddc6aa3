import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ToolbarButton, useStyles2 } from '@grafana/ui';
import { NavLink, useLocation } from 'react-router-dom';
import appJson from '../plugin.json';
import { APP_ID } from '../pages/paths';
import { useChosenInView } from './host/useChosenInView';
import type { ThemeMode } from './themeMode';

interface Props {
  mode: ThemeMode;
  onToggleMode(): void;
  children: React.ReactNode;
}

/** The pages that Grafana would show in its menu. */
const PAGES = appJson.includes
  .filter((include) => include.type === 'page' && 'addToNav' in include && include.addToNav)
  .map(({ name, path }) => ({ name, path: path.replace('%PLUGIN_ID%', APP_ID) }));

/** What Grafana puts around the pages of an app, as far as the hosted page needs it. */
export function AppChrome({ mode, onToggleMode, children }: Props) {
  const styles = useStyles2(getStyles);
  const nav = useChosenInView<HTMLElement>(useLocation().pathname);
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <a className={styles.name} href="/">
          <img src="/plugin/img/logo.svg" alt="" width={22} height={22} />
          Joblens
        </a>
        <nav ref={nav} aria-label="Joblens" className={styles.nav}>
          {PAGES.map(({ name, path }) => (
            <NavLink key={path} to={path} className={styles.item}>
              {name}
            </NavLink>
          ))}
        </nav>
        <ToolbarButton
          icon="palette"
          variant="canvas"
          aria-label={`Switch to ${other}`}
          tooltip={`Switch to ${other}`}
          onClick={onToggleMode}
        />
      </header>
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    minHeight: '100%',
    display: 'flex',
    flexDirection: 'column',
    background: theme.colors.background.canvas,
  }),
  bar: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    flexWrap: 'wrap',
    padding: theme.spacing(0.75, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  name: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: theme.typography.fontWeightMedium,
  }),
  nav: css({
    display: 'flex',
    flex: 1,
    minWidth: 0,
    gap: theme.spacing(0.5),
    overflowX: 'auto',
    scrollbarWidth: 'none',
  }),
  item: css({
    padding: theme.spacing(0.5, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    '&:hover, &.active': { background: theme.colors.action.hover, color: theme.colors.text.primary },
  }),
});
