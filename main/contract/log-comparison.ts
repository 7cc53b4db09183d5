import { z } from 'zod';

const comparedLineSchema = z.object({
  /** `missing`: only the good run wrote it. `same`: both did; it stands near a difference. */
  kind: z.enum(['new', 'missing', 'same']),
  /** Its number in the log that has it, from 1. */
  number: z.number().int().positive(),
  stream: z.enum(['out', 'err', 'sys']),
  text: z.string(),
});
export type ComparedLine = z.infer<typeof comparedLineSchema>;

/** What a run wrote that the last good run of its task did not, and the other way round. */
export const logComparisonSchema = z.object({
  /** The last successful run before this one; null if there is none with a log. */
  good: z.object({ executionId: z.string(), startedAt: z.string() }).nullable(),
  /** In the order of this run's log. At most `comparedLinesLimit`. */
  lines: z.array(comparedLineSchema),
  /** How many lines are new, and how many are missing, including those beyond the limit. */
  added: z.number().int().nonnegative(),
  missing: z.number().int().nonnegative(),
  /** True if a log was so long that only its end was compared. */
  endOnly: z.boolean(),
});
export type LogComparison = z.infer<typeof logComparisonSchema>;

/** The largest number of lines in a comparison. */
export const comparedLinesLimit = 2000;
