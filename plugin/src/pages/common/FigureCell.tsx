import { css } from '@emotion/css';
import type { Delta } from '../../components/model/delta';
import { DeltaText } from './DeltaText';

interface Props {
  figure: string;
  delta: Delta | undefined;
  /** What the figure was before, for the title. */
  before?: string;
}

/** A cell of a table: a figure, and how it moved below it. */
export function FigureCell({ figure, delta, before }: Props) {
  return (
    <td className={cell}>
      {figure}
      {delta?.arrow && (
        <div>
          <DeltaText delta={delta} before={before} />
        </div>
      )}
    </td>
  );
}

const cell = css({ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' });
