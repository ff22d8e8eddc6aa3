/** RE2's form of what `model/json.ts` looks for: numbers that ClickHouse may not write as they were written. */
const MAY_BE_EXACT =
  '[:\\\\[,\\\\s]-?(?:[0-9]{16}|[0-9.]{17}|0\\\\.0{6}|[0-9.]+[eE]|[0-9]+\\\\.[0-9]*0[,\\\\]}\\\\s])|[:\\\\[,\\\\s]-0';

/**
 * SQL for the JSON of a line's field as it was written. `JSONExtractRaw` writes its numbers anew (1.10 as 1.1); where
 * that may matter, the text itself is taken, if it is certain that it is this field's.
 */
export function exactRaw(field: 'input' | 'output' | 'fields' | 'data'): string {
  const anew = `JSONExtractRaw(line, '${field}')`;
  const text = `trim(simpleJSONExtractRaw(line, '${field}'))`;
  return `if(match(line, '${MAY_BE_EXACT}') AND JSONExtractRaw(concat('{"v":', ${text}, '}'), 'v') = ${anew}, ${text}, ${anew})`;
}
