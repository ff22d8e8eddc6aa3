/** Numbers rows whose text is otherwise equal: 1, 2, 3 in the order of the file. */
export const OCCURRENCE = 'occurrence';

/** A text with `{column}` in it; `{{` and `}}` stand for braces. */
export interface Template {
  /** The columns it names, `{occurrence}` aside. */
  columns: string[];
  /** Whether it holds `{occurrence}`. */
  numbered: boolean;
  fill(row: ReadonlyMap<string, string>, occurrence?: number): string;
}

const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** @throws Error where a brace is open or empty */
export function parseTemplate(text: string): Template {
  const names: string[] = [];
  for (const match of text.matchAll(PART)) {
    if (match[0] === '{' || match[0] === '}' || match[1]?.trim() === '') {
      throw new Error(`"${text}" has a brace without a column; write {column}, or {{ and }} for braces`);
    }
    if (match[1] !== undefined) {
      names.push(match[1].trim());
    }
  }
  return {
    columns: names.filter((name) => name !== OCCURRENCE),
    numbered: names.includes(OCCURRENCE),
    fill: (row, occurrence) =>
      text.replace(PART, (part, name?: string) => {
        if (name === undefined) {
          return part.slice(1);
        }
        return name.trim() === OCCURRENCE ? String(occurrence ?? '') : (row.get(name.trim()) ?? '');
      }),
  };
}
