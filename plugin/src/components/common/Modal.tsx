import { useEffect, useRef, type PropsWithChildren } from 'react';
import { css } from '@emotion/css';
import { Modal as GrafanaModal } from '@grafana/ui';

interface Props {
  title: string;
  onDismiss(): void;
}

const FIELDS = 'input:enabled:not([type=radio]:not(:checked)), textarea:enabled, select:enabled';
const bare = css({ outline: 'none' });

/**
 * Grafana's modal with the focus in it from its first moment: Grafana's own waits until nothing on the page is in
 * transition, and gives up where the focus moved meanwhile; until then Escape and Tab go to the page below.
 */
export function Modal({ children, ...props }: PropsWithChildren<Props>) {
  return (
    <GrafanaModal {...props} isOpen>
      <Focused>{children}</Focused>
    </GrafanaModal>
  );
}

/** Takes the focus to the first field, else to what carries it out, else to the text. */
function Focused({ children }: PropsWithChildren) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = ref.current;
    if (place && !place.contains(document.activeElement)) {
      const first =
        place.querySelector<HTMLElement>(FIELDS) ?? place.querySelector<HTMLElement>('[type=submit]:enabled');
      (first ?? place).focus();
    }
  }, []);
  return (
    <div ref={ref} tabIndex={-1} className={bare}>
      {children}
    </div>
  );
}
