import { z } from 'zod';
import { taskUsageSchema } from './budget.ts';
import { decisionReasonSchema, executionStatusSchema, triggerSchema } from './execution.ts';
import { instantSchema } from './task.ts';

/** Number of latest runs that the figures of a task cover, test runs apart. */
export const figuredRuns = 100;
/** Number of latest runs that the strip of a task shows, test runs apart. */
export const stripRuns = 60;

/** A run as a bar of a strip. */
const stripRunSchema = z.object({
  kind: z.literal('run'),
  executionId: z.string(),
  startedAt: instantSchema,
  /** Milliseconds from start to end; null while it runs. */
  duration: z.number().nonnegative().nullable(),
  status: executionStatusSchema,
  trigger: triggerSchema,
  attempt: z.number().int().positive(),
  /** Why it failed or is doubtful, in one line; null if it is neither. */
  reason: z.string().nullable(),
  doubtful: z.boolean(),
});
export type StripRun = z.infer<typeof stripRunSchema>;

/** Consecutive slots that did not run, for the same reason. */
const stripGapSchema = z.object({
  kind: z.literal('gap'),
  /** First and last slot. */
  from: instantSchema,
  to: instantSchema,
  count: z.number().int().positive(),
  /** Null if nothing was recorded. */
  reason: decisionReasonSchema.nullable(),
  detail: z.string().nullable(),
});
export type StripGap = z.infer<typeof stripGapSchema>;

const stripSchema = z.array(z.discriminatedUnion('kind', [stripRunSchema, stripGapSchema]));
export type Strip = z.infer<typeof stripSchema>;

/** What the latest runs of a task say together. Test runs and runs that have not ended do not count. */
const runFiguresSchema = z.object({
  /** Number of runs that ended as a success or a failure; cancelled runs are neither. */
  runs: z.number().int().nonnegative(),
  /** Start of the oldest of these runs; null without runs. */
  since: instantSchema.nullable(),
  /** True if older runs exist that do not count. */
  isPartial: z.boolean(),
  successes: z.number().int().nonnegative(),
  /** Successes whose output looks like a failure. */
  doubtful: z.number().int().nonnegative(),
  /** Duration of the successful runs in ms: half of them took this or less. Null for fewer than three. */
  medianMs: z.number().nonnegative().nullable(),
  /** As `usualDuration`: null for fewer than ten successful runs. */
  p95Ms: z.number().nonnegative().nullable(),
  /** The latest runs in a row with the same outcome; null without runs. */
  streak: z.object({ isSuccess: z.boolean(), count: z.number().int().positive() }).nullable(),
});
export type RunFigures = z.infer<typeof runFiguresSchema>;

/**
 * `always-fails`: no run succeeded. `slower`: its latest runs take longer than those before. `flaky`: it fails and recovers, again and again. `short-log`:
 * its last success wrote much less than usual. `never-ran`: slots have passed, and it has not run once.
 */
export const runHintSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('always-fails'),
    /** The latest failure. */
    executionId: z.string(),
    /** Number of runs, all of which failed. */
    runs: z.number().int().positive(),
  }),
  z.object({
    kind: z.literal('slower'),
    /** How many times the usual duration. */
    factor: z.number().positive(),
    recentMs: z.number().nonnegative(),
    usualMs: z.number().nonnegative(),
    /** Numbers of runs that were compared. */
    recentRuns: z.number().int().positive(),
    earlierRuns: z.number().int().positive(),
  }),
  z.object({ kind: z.literal('flaky'), recoveries: z.number().int().positive(), runs: z.number().int().positive() }),
  z.object({
    kind: z.literal('short-log'),
    executionId: z.string(),
    bytes: z.number().int().nonnegative(),
    usualBytes: z.number().int().nonnegative(),
    earlierRuns: z.number().int().positive(),
  }),
  z.object({ kind: z.literal('never-ran'), since: instantSchema }),
]);
export type RunHint = z.infer<typeof runHintSchema>;

/** What the page of a task shows besides the task itself. */
export const taskReportSchema = z.object({
  /** The latest runs with the slots between them that did not run, oldest first. */
  strip: stripSchema,
  figures: runFiguresSchema,
  hints: z.array(runHintSchema),
  /** The next five slots. */
  next: z.array(
    z.object({
      slot: instantSchema,
      isSkipped: z.boolean(),
      /** Why the calendars of the task leave this day out, such as `Germany, Christmas Day`; null if it runs. */
      dayOff: z.string().nullable(),
    }),
  ),
  /** The latest failure of the figured runs; null if none failed. */
  lastFailure: z.object({ executionId: z.string(), at: instantSchema, reason: z.string() }).nullable(),
  usage: taskUsageSchema,
  /** Who paused the task, and when; null if it is not paused or that is not recorded. */
  pausedBy: z.object({ author: z.string(), at: instantSchema }).nullable(),
});
export type TaskReport = z.infer<typeof taskReportSchema>;

/** What the page of a group shows besides its tasks: the strip of each task, by task id. */
export const groupReportSchema = z.object({
  strips: z.record(z.string(), stripSchema),
});
