import { z } from 'zod';
import { desktopStateSchema } from './desktop.ts';
import { executionSchema } from './execution.ts';
import { waitingProposalSchema } from './proposal.ts';
import { taskViewSchema, timingViewSchema } from './task.ts';
import { timeStyleSchema } from './time-style.ts';

/** The whole state at one moment. Sent once on connect; events then keep it up to date. */
export const snapshotSchema = z.object({
  /** Counts the changes that were sent. The next change has this number as its `from`. */
  revision: z.number().int(),
  tasks: z.array(taskViewSchema),
  timings: z.array(timingViewSchema),
  /** The newest 200, newest first. */
  executions: z.array(executionSchema),
  /** Pending proposals of agents, oldest first. */
  waiting: z.array(waitingProposalSchema),
  paused: z.object({ since: z.string(), until: z.string().optional(), note: z.string().optional() }).nullable(),
  /** What became of a ledger that was lost, damaged or put back, and when that was noticed last; null if it is whole. */
  ledgerTrouble: z.object({ at: z.string(), message: z.string() }).nullable(),
  store: z.object({ state: z.enum(['ok', 'read-only']), message: z.string().nullable(), path: z.string() }),
  app: z.object({
    version: z.string(),
    platform: z.string(),
    timezone: z.string(),
    osScheduler: z.string(),
    dataDir: z.string(),
    timeStyle: timeStyleSchema,
    /** True if this machine has joined a fleet. */
    inFleet: z.boolean(),
  }),
  desktop: desktopStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;
