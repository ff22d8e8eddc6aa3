import { css } from '@emotion/css';

interface Props {
  /** In full, for when the page has no room for it. */
  name: string;
  children: React.ReactNode;
}

/** A page's title that is the name of a job: of up to 512 characters, perhaps without a space, in any script. */
export const PageTitle = ({ name, children }: Props) => (
  <h1 className={style} title={name}>
    {children}
  </h1>
);

const style = css({
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 3,
  minWidth: 0,
  overflow: 'hidden',
  overflowWrap: 'anywhere',
  unicodeBidi: 'plaintext',
});
