import { describe, expect, test } from 'vitest';
import { bound, join, p, sql } from './sql.js';

describe('bound', () => {
  test('numbers the parameters of each statement from 1, wherever their pieces were made', () => {
    const late = sql`b = ${p.int(2)}`;
    const early = sql`a = ${p.string('{p7:String}')}`;
    expect(bound(sql`SELECT ${p.float(0.5)} WHERE ${join([early, late, early], ' AND ')}`)).toEqual({
      query: 'SELECT {p1:Float64} WHERE a = {p2:String} AND b = {p3:Int64} AND a = {p2:String}',
      query_params: { p1: 0.5, p2: '{p7:String}', p3: 2 },
    });
  });
});
