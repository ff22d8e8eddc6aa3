import type { z } from 'zod';

export const NO_UTF8 = 'expected UTF-8: bytes that are none stand here (iconv makes UTF-8 of other encodings)';

/** What is wrong with an object, field by field, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'object'}: ${issue.message}`).join('; ');
}
