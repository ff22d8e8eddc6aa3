/** Groups in order of first appearance. (Node 20 has no Map.groupBy.) */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) {
      group.push(value);
    } else {
      groups.set(key, [value]);
    }
  }
  return groups;
}

/** Does the work for each value, so many at a time; once one fails, begins no other and rejects with the first failure. */
export async function inParallel<T>(
  values: readonly T[],
  limit: number,
  work: (value: T) => Promise<void>
): Promise<void> {
  const waiting = values.values();
  let failed = false;
  const worker = async () => {
    for (const value of waiting) {
      if (failed) {
        return;
      }
      await work(value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: limit }, worker));
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure) {
    throw failure.reason;
  }
}

/** Those for which it holds, and the others. */
export function partition<T>(values: readonly T[], holds: (value: T) => boolean): [T[], T[]] {
  return [values.filter(holds), values.filter((value) => !holds(value))];
}

/** Pieces of at most `size` values. */
export function chunk<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}
