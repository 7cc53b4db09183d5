import { z } from 'zod';
import { instantSchema } from './task.ts';
import { importKindSchema } from './transfer.ts';

/** The places of this machine, outside this app, in which jobs can be scheduled. */
const otherPlaceSchema = z.enum([
  'crontab',
  'system-crontab',
  'cron-folder',
  'systemd-user',
  'systemd-system',
  'launchd',
  'windows',
  'agents',
]);
export type OtherPlace = z.infer<typeof otherPlaceSchema>;

/** `unknown`: the scheduler does not record results, or the job has not run yet. */
const otherResultSchema = z.enum(['succeeded', 'failed', 'running', 'unknown']);
export type OtherResult = z.infer<typeof otherResultSchema>;

/** A job that another scheduler of this machine runs, or would run. */
const otherJobSchema = z.object({
  /** Unique in one answer. */
  id: z.string(),
  place: otherPlaceSchema,
  /** Where it was found: `line 4`, `/etc/cron.d/backup, line 2`, `backup.timer`. */
  source: z.string(),
  name: z.string(),
  /** What it runs, in one line; null if that is unknown. */
  command: z.string().nullable(),
  /** The user as whom it runs; null for the person. */
  runsAs: z.string().nullable(),
  /** The schedule in words. */
  schedule: z.string(),
  /** The schedule as it is written there. */
  written: z.string(),
  /** The line, or the files, as they are written there; cut after 4,000 characters. */
  original: z.string(),
  nextRun: instantSchema.nullable(),
  lastRun: instantSchema.nullable(),
  /** The result of the last run. */
  result: otherResultSchema,
  /** The result in words: `exit code 3`, `cron does not record results`. */
  resultDetail: z.string(),
  /**
   * `failed`: the last run failed. `overdue`: a time passed at which it should have run and did not. `stopped`: it does
   * not run as it is now.
   */
  state: z.enum(['failed', 'overdue', 'stopped', 'fine']),
  /** The time at which an overdue job should have run; null otherwise. */
  dueAt: instantSchema.nullable(),
  /** Why a job does not run as it is now; null if it does. */
  stopped: z.string().nullable(),
  /** How it can be imported; null if it cannot. */
  import: z
    .object({
      kind: importKindSchema.exclude(['ncp-scheduler', 'mcp-servers']),
      /** The `source` of its changes in the import. */
      source: z.string(),
      /** True if the import can also stop it there. */
      moves: z.boolean(),
    })
    .nullable(),
  /** Why it cannot be imported; null if it can. */
  importProblem: z.string().nullable(),
});
export type OtherJob = z.infer<typeof otherJobSchema>;

/** What the other schedulers of this machine run. */
export const otherJobsSchema = z.object({
  /** Failed ones first, then overdue and stopped ones, then by next run. */
  jobs: z.array(otherJobSchema),
  /** What could not be read, and why. */
  unread: z.array(z.object({ place: otherPlaceSchema, what: z.string(), reason: z.string() })),
});
export type OtherJobs = z.infer<typeof otherJobsSchema>;
