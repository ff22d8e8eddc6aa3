import { css } from '@emotion/css';
import type { GrafanaTheme2, NavModelItem } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { Tab, TabsBar, useStyles2 } from '@grafana/ui';
import { APP_NAME, APP_URL } from '../../pages/paths';
import { useChosenInView } from './useChosenInView';

/** Stands for Grafana's own frame of an app page: breadcrumbs, title with actions beside it, tabs. */
export function PluginPage({ pageNav, actions, renderTitle, subTitle, children }: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const tabs = useChosenInView<HTMLDivElement>(pageNav?.children?.find(({ active }) => active)?.text);
  const title = pageNav?.text ?? '';
  return (
    <main className={styles.page}>
      <nav aria-label="Breadcrumbs">
        <ol className={styles.crumbs}>
          {crumbsOf(pageNav).map(({ text, url }, index, all) => (
            <li key={url}>
              {index < all.length - 1 ? <a href={url}>{text}</a> : <span aria-current="page">{text}</span>}
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.head}>
        <div className={styles.title}>{renderTitle ? renderTitle(title) : <h1>{title}</h1>}</div>
        <div className={styles.actions}>{actions}</div>
      </div>
      {subTitle && <div className={styles.subTitle}>{subTitle}</div>}
      {pageNav?.children && (
        <TabsBar ref={tabs}>
          {pageNav.children.map(({ text, url, active }) => (
            <Tab key={text} label={text} href={url} active={active} />
          ))}
        </TabsBar>
      )}
      <div className={styles.content}>{children}</div>
    </main>
  );
}

function crumbsOf(page: NavModelItem | undefined): Array<{ text: string; url: string }> {
  const above: NavModelItem[] = [];
  for (let item = page; item; item = item.parentItem) {
    above.unshift(item);
  }
  const crumbs = above.map(({ text, url = '' }) => ({ text, url }));
  return crumbs[0]?.text === APP_NAME ? crumbs : [{ text: APP_NAME, url: APP_URL }, ...crumbs];
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    flex: 1,
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2, 2),
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(1) },
  }),
  crumbs: css({
    display: 'flex',
    flexWrap: 'wrap',
    listStyle: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    '& li': { overflowWrap: 'anywhere' },
    '& li + li::before': { content: '"›"', margin: theme.spacing(0, 0.75) },
    '& a:hover': { textDecoration: 'underline' },
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  title: css({
    flex: '1 1 200px',
    minWidth: 0,
    '& h1': { margin: 0, fontSize: theme.typography.h2.fontSize, overflowWrap: 'anywhere' },
  }),
  actions: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  subTitle: css({ color: theme.colors.text.secondary }),
  content: css({ flex: 1, display: 'flex', flexDirection: 'column', minWidth: 0 }),
});
