import { z } from 'zod';
import { parametersSchema, toolNameSchema } from './tool-call.ts';

const expression = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\n\r]*$/, 'must be one line, because the answer is searched line by line');

/**
 * A cheap call that a run makes first. The task runs, or a person gets a notification, only if its answer differs
 * from the last one that counted.
 */
export const probeSchema = z.looseObject({
  /** Absent: the task's own tool with its parameters. Then nothing is left to run, so `then` must be `tell`. */
  tool: toolNameSchema.optional(),
  parameters: parametersSchema.optional(),
  /** The part of a JSON answer that is compared: a JSONPath (RFC 9535). Absent: the whole answer. */
  path: z.string().min(1).max(1000).optional(),
  /** The part of a text that is compared: what this regular expression (RE2) finds, or its first group. */
  pattern: expression.optional(),
  /** Regular expressions (RE2): what they find is left out of the comparison. */
  ignore: z.array(expression).max(20).optional(),
  /** What follows a change: the task runs, or a person gets a notification and nothing else happens. @default run */
  then: z.enum(['run', 'tell']).optional(),
  /** What the first look does: it only records the answer, or counts as a change. @default record */
  first: z.enum(['record', 'run']).optional(),
});
export type Probe = z.infer<typeof probeSchema>;

/** The largest answer that is kept and handed to the task, in characters; what is longer is compared whole, and cut. */
export const longestSeen = 128 * 1024;

/** The answer of a probe that counted last. */
export const seenSchema = z.object({
  /** SHA-256 of the compared part, without differences in white space. */
  hash: z.string(),
  /** The compared part, of which at most `longestSeen` characters are kept. */
  text: z.string(),
});
export type Seen = z.infer<typeof seenSchema>;

/** What changed, as the result of a run that only tells it. */
const changeResultSchema = z.object({
  change: z.object({
    /** A unified difference, cut after some KiB. Empty if nothing changed. */
    diff: z.string(),
    /** Lines that are new, and lines that are gone. */
    added: z.number().int().nonnegative(),
    removed: z.number().int().nonnegative(),
  }),
});

/** Returns what a run that only tells a change saw; null for any other result. */
export function changeOf(result: unknown): Change | null {
  const read = changeResultSchema.safeParse(result);
  return read.success ? read.data.change : null;
}

type Change = z.infer<typeof changeResultSchema>['change'];

/** Returns how large a change is: `1 line added, 2 lines removed`. */
export function changeSize({ added, removed }: Pick<Change, 'added' | 'removed'>): string {
  const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);
  return `${lines(added)} added, ${lines(removed)} removed`;
}

/** Returns the lines of a difference, without the headers that only tell programs where they are. */
export function changedLines({ diff }: Pick<Change, 'diff'>): string[] {
  const lines = diff.replace(/^--- previous\n\+\+\+ current\n/, '').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('@@ '));
}

/** Returns the title of a notification or an alert about a change. */
export const changeTitle = (taskName: string): string => `${taskName} has changed`;

const unchangedResultSchema = z.object({ probe: z.enum(['first', 'unchanged']) });
export type UnchangedResult = z.infer<typeof unchangedResultSchema>;

/** Returns why a run with status `skipped` did not start its task, from its result. */
export function unchangedText(result: unknown): string {
  const read = unchangedResultSchema.safeParse(result);
  return read.success && read.data.probe === 'first'
    ? 'the first look only recorded what is there'
    : 'the probe saw no change';
}
