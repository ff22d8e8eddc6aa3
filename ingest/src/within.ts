/** What a promise gives, or undefined where that takes longer than `ms`; waiting keeps no process alive. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms).unref();
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
