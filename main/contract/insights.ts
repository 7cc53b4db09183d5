import { z } from 'zod';
import { runHintSchema } from './task-report.ts';
import { instantSchema } from './task.ts';

/** Limit of the tasks that one answer lists. */
export const listedInsights = 200;

/**
 * What comes first: `findings` (what is unusual, the worst first, then the most time), or the task with the most time, CPU
 * time, memory or runs.
 */
export const insightOrderSchema = z.enum(['findings', 'time', 'cpu', 'memory', 'runs']);
export type InsightOrder = z.infer<typeof insightOrderSchema>;

/** What a task costs, and what about it is unusual. */
const taskInsightSchema = z.object({
  taskId: z.string(),
  taskName: z.string(),
  /** What is unusual now, judged from its latest runs whatever the period; the worst first. */
  hints: z.array(runHintSchema),
  /** Its latest run in the period; null if it did not run. */
  latestId: z.string().nullable(),
  /** Runs in the period that the ledger still has, test runs apart, and those of them that failed. */
  runs: z.number().int().nonnegative(),
  failures: z.number().int().nonnegative(),
  /** Averages over the days of the period for which its runs are known. */
  runsPerDay: z.number().nonnegative(),
  /** Time that its runs took, in ms per day. */
  busyMsPerDay: z.number().nonnegative(),
  /** In ms per day; null if it was not measured. */
  cpuMsPerDay: z.number().nonnegative().nullable(),
  /** The largest peak of resident memory, in bytes; null if it was not measured. */
  peakMemoryBytes: z.number().int().nonnegative().nullable(),
});
export type TaskInsight = z.infer<typeof taskInsightSchema>;

/** A minute of the day in the machine's time zone in which many runs start. */
const busyMinuteSchema = z.object({
  /** Minutes since midnight, 0 to 1439. */
  minute: z.number().int().min(0).max(1439),
  /** Most runs that started in this minute of one day, and that minute. */
  most: z.number().int().positive(),
  at: instantSchema,
  /** Runs that started in this minute on all days. */
  starts: z.number().int().positive(),
});
export type BusyMinute = z.infer<typeof busyMinuteSchema>;

export const insightsSchema = z.object({
  /** Start of the period. */
  since: instantSchema,
  /** At most `listedInsights`, in the order that was asked for. */
  tasks: z.array(taskInsightSchema),
  /** Number of tasks that ran in the period or have a hint. */
  total: z.number().int().nonnegative(),
  /** Number of tasks with a hint. */
  found: z.number().int().nonnegative(),
  /** The minutes in which most runs start at once, at least three; the busiest first. */
  busiest: z.array(busyMinuteSchema),
});
export type InsightsAnswer = z.infer<typeof insightsSchema>;
