/** Stack traces as the run-times of these languages print them; `where` is the innermost frame first. */
export function nodeTrace(...where: string[]): string[] {
  return [
    ...where.map((frame) => `    at ${frame}`),
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ];
}

export function pythonTrace(
  error: string,
  ...where: Array<readonly [file: string, line: number, call: string]>
): string[] {
  return [
    'Traceback (most recent call last):',
    ...where.flatMap(([file, line, call]) => [
      `  File "${file}", line ${line}, in ${call.split('(')[0]}`,
      `    ${call}`,
    ]),
    error,
  ];
}

export function javaTrace(error: string, ...where: string[]): string[] {
  return [
    error,
    ...where.map((frame) => `\tat ${frame}`),
    '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)',
    '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
  ];
}

export function goTrace(...where: string[]): string[] {
  return ['goroutine 1 [running]:', ...where, 'exit status 2'];
}
