import { z } from 'zod';

/**
 * Where a check looks. `output`: what a command writes to standard output and standard error, the body of an HTTP
 * response, or the text of an MCP tool's answer. `stdout`: the same without standard error. `stderr`: standard error of
 * a command or of an MCP server.
 */
const outputSourceSchema = z.enum(['output', 'stdout', 'stderr']);
export type OutputSource = z.infer<typeof outputSourceSchema>;

const source = outputSourceSchema.optional();
const line = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\n\r]*$/, 'must be one line, because output is checked line by line');

/** Longest time span of a check, 100 years in ms. */
const longestMs = 100 * 366 * 86_400_000;

/**
 * What must hold for a value in JSON output. `equals` compares by value; `below` and `above` compare numbers. `lacks` and
 * `empty` also hold if there is no such value: `lacks` forbids one value, `empty` everything but null, false, 0 and an
 * empty text, list or object.
 */
const jsonTestSchema = z.enum(['exists', 'missing', 'equals', 'differs', 'below', 'above', 'lacks', 'empty']);

const jsonCriterion = z
  .strictObject({
    check: z.literal('json'),
    /** A JSONPath (RFC 9535), such as `$.success` or `$.items[0].count`. */
    path: z.string().min(1).max(1000),
    is: jsonTestSchema,
    /** What to compare with. Required for `equals`, `differs`, `lacks`, `below` and `above`. */
    value: z.unknown().optional(),
  })
  .superRefine(({ is, value }, context) => {
    const needs = ['exists', 'missing', 'empty'].includes(is) ? 'none' : /^(below|above)$/.test(is) ? 'number' : 'any';
    const add = (message: string): void => context.addIssue({ code: 'custom', path: ['value'], message });
    if (needs === 'none' && value !== undefined) add(`must be left out for "${is}"`);
    if (needs === 'any' && value === undefined) add(`is required for "${is}"`);
    if (needs === 'number' && typeof value !== 'number') add(`must be a number for "${is}"`);
  });

/**
 * One condition of a successful run, besides the exit code, the HTTP status or the answer of the MCP tool. Text is
 * searched line by line; lines over 64 KiB are searched in pieces.
 */
export const criterionSchema = z.discriminatedUnion('check', [
  /** Some line contains the text. Case matters. */
  z.strictObject({ check: z.literal('contains'), text: line, in: source }),
  /** No line contains the text. */
  z.strictObject({ check: z.literal('lacks'), text: line, in: source }),
  /** Some line matches a regular expression of RE2 (https://github.com/google/re2/wiki/Syntax). `(?i)` ignores case. */
  z.strictObject({ check: z.literal('matches'), pattern: line, in: source }),
  /** No line matches the regular expression. */
  z.strictObject({ check: z.literal('lacks-match'), pattern: line, in: source }),
  /** There is something besides white space. */
  z.strictObject({ check: z.literal('not-empty'), in: source }),
  /** There is nothing besides white space. */
  z.strictObject({ check: z.literal('empty'), in: source }),
  jsonCriterion,
  z
    .strictObject({
      check: z.literal('file'),
      /** Absolute, or relative to the working directory. `~/` is the home directory. */
      path: z.string().min(1).max(4096),
      /** Longest time since the file was written, at the end of the run, in ms. */
      youngerThanMs: z.number().int().positive().max(longestMs).optional(),
      minBytes: z.number().int().nonnegative().optional(),
    })
    .describe('The file exists, and is young and large enough.'),
]);
export type Criterion = z.infer<typeof criterionSchema>;
export type JsonCriterion = Extract<Criterion, { check: 'json' }>;
export type FileCriterion = Extract<Criterion, { check: 'file' }>;
export type TextCriterion = Exclude<Criterion, JsonCriterion | FileCriterion>;

export const criteriaSchema = z.array(criterionSchema).max(20);

/** What became of a criterion that was tried on an earlier run. Files have changed since, so they are not tried. */
export const triedCriterionSchema = z.object({
  state: z.enum(['met', 'unmet', 'not-tried']),
  /** What the criterion demands, and what was found instead if it is not met. */
  message: z.string(),
  /** The line of output that decided it. */
  line: z.string().nullable(),
});
export type TriedCriterion = z.infer<typeof triedCriterionSchema>;
