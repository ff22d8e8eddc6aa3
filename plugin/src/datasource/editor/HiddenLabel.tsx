interface Props {
  id: string;
  children: string;
}

/** A name for a control that needs none to be seen: comboboxes take `aria-labelledby` only. */
export function HiddenLabel({ id, children }: Props) {
  return (
    <span id={id} hidden>
      {children}
    </span>
  );
}
