import { z } from 'zod';
import { criterionSchema } from './success.ts';

/**
 * What to do with a run that succeeded although its output looks like a failure. `mark`: it stays a success and is
 * shown as doubtful. `fail`: it is a failure. `ignore`: nothing.
 */
export const doubtPolicySchema = z.enum(['mark', 'fail', 'ignore']);
export type DoubtPolicy = z.infer<typeof doubtPolicySchema>;

/** What in the output looks like a failure. */
const doubtSignSchema = z.enum([
  /** JSON with `success` or `ok` that is false. */
  'says-failed',
  /** JSON with an error and no data. */
  'error-field',
  /** Text that begins with an error: `Error: …`. */
  'error-text',
  /** The traceback of a program that crashed. */
  'traceback',
  /** No output, although the ten runs before had some. */
  'empty',
]);
export type DoubtSign = z.infer<typeof doubtSignSchema>;

/** Why a run that succeeded is doubtful. */
export const doubtSchema = z.object({
  sign: doubtSignSchema,
  /** One sentence for people: what looks like a failure. */
  message: z.string(),
  /** The line of output that shows it, shortened; null if there is no such line. */
  line: z.string().nullable(),
  /** The success criterion that would have made this run a failure. */
  criterion: criterionSchema,
});
export type Doubt = z.infer<typeof doubtSchema>;
