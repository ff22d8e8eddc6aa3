import type { z } from 'zod';

/** What is wrong with an object, field by field, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'object'}: ${issue.message}`).join('; ');
}
