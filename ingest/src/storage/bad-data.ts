import { ClickHouseError } from '@clickhouse/client';

/** ClickHouse's codes for data that it can't read, however often it tries: its file is gone, or it does not parse. */
const CODES = new Set(['6', '27', '33', '41', '53', '69', '70', '72', '107', '117', '128', '131', '349']);

/** Whether the data is to blame: doing the same with it again can only fail again. */
export function isBadData(error: unknown): error is Error {
  return (
    (error instanceof ClickHouseError && CODES.has(error.code)) ||
    error instanceof SyntaxError ||
    error instanceof TypeError ||
    error instanceof RangeError
  );
}
