import { z } from 'zod';
import { executionStatusSchema } from './execution.ts';
import { instantSchema } from './task.ts';

/** Number of latest runs of a task that lists show, and from which its figures are computed. */
export const recentRunLimit = 20;

/** One of the latest runs of a task, with what a small mark shows of it. */
const recentRunSchema = z.object({
  executionId: z.string(),
  status: executionStatusSchema,
  startedAt: instantSchema,
  /** In ms; null while it runs. */
  duration: z.number().nullable(),
  isDoubtful: z.boolean(),
});
export type RecentRun = z.infer<typeof recentRunSchema>;

/** What the latest runs of a task say about it. */
export const runFiguresSchema = z.object({
  taskId: z.string(),
  /** The latest runs, newest first, without test runs; empty if only figures were asked for. */
  runs: z.array(recentRunSchema),
  /** Median duration of the successful ones, in ms; null for fewer than three. */
  usualMs: z.number().nullable(),
  /** Share of success among those that succeeded or failed, from 0 to 1; null if there are none. */
  successRate: z.number().nullable(),
});
export type RunFigures = z.infer<typeof runFiguresSchema>;
