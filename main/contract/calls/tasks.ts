import { z } from 'zod';
import { backfillPreviewSchema, backfillRequestSchema } from '../backfill.ts';
import { bulkChangeSchema, bulkResultSchema } from '../bulk.ts';
import { executionSchema, slotRecordSchema } from '../execution.ts';
import { runsOnSchema } from '../fleet.ts';
import { instantSchema, taskChangeSchema, taskDraftSchema, taskViewSchema, timingViewSchema } from '../task.ts';
import { testDraftSchema } from '../test-run.ts';
import { taskIdInput, validateInput } from './inputs.ts';

const task = z.object({ task: taskViewSchema });
const execution = z.object({ execution: executionSchema });
const slots = z.object({ slots: z.array(slotRecordSchema) });

export const taskCalls = {
  'tasks.create': {
    /** With `runsOn`, the task is shared with the fleet; if the fleet refuses it, nothing is saved. */
    input: taskDraftSchema.extend({ ...validateInput, runsOn: runsOnSchema.optional() }),
    output: z.object({
      task: taskViewSchema,
      timing: timingViewSchema,
      nextRuns: z.array(z.string()),
      warnings: z.array(z.string()),
      /** Why no member of the fleet can run a shared task now; null if one can. Absent for a local task. */
      placement: z.string().nullable().optional(),
    }),
  },
  'tasks.update': { input: z.object({ taskId: z.string(), change: taskChangeSchema, ...validateInput }), output: task },
  'tasks.pause': {
    input: z.object({ taskId: z.string(), until: z.string().optional(), note: z.string().optional() }),
    output: task,
  },
  'tasks.resume': { input: taskIdInput, output: task },
  /** Skips the next slot that is not skipped yet: called again, one more. The answer's `skipUntil` is the last skipped slot. */
  'tasks.skipNext': { input: taskIdInput, output: task },
  /** Forgets what the task's probe saw, so that its next look is the first. */
  'tasks.forgetSeen': { input: taskIdInput, output: task },
  'tasks.delete': { input: taskIdInput, output: task },
  /** Applies one change to many tasks, in one step that one undo reverses. */
  'tasks.bulk': {
    input: z.object({ taskIds: z.array(z.string()).min(1).max(20_000), change: bulkChangeSchema }),
    output: bulkResultSchema,
  },
  /** Runs a task now. Returns once the run has started. */
  'tasks.trigger': { input: taskIdInput, output: execution },
  /** Runs an unsaved draft in a worker, with the environment of scheduled runs. Not counted: its trigger is `test`. */
  'tasks.test': { input: testDraftSchema, output: execution },
  /** What `tasks.backfill` would do, and whether a backfill of the task is running in this app. */
  'tasks.backfillPreview': {
    input: backfillRequestSchema,
    output: z.object({ preview: backfillPreviewSchema, isRunning: z.boolean() }),
  },
  /** Runs slots of the past. Returns once they have begun; each is a run of its own. */
  'tasks.backfill': { input: backfillRequestSchema, output: z.object({ preview: backfillPreviewSchema }) },
  /** Starts no further slot; the run in progress goes on. Answers false if no backfill was running. */
  'tasks.stopBackfill': { input: taskIdInput, output: z.object({ stopped: z.boolean() }) },
  'tasks.why': { input: z.object({ taskId: z.string(), since: z.string().optional() }), output: slots },
  /** Returns the slots of a group that did not run, oldest first, with the reason if it is known. */
  'tasks.missed': { input: z.object({ timingId: z.string(), since: instantSchema }), output: slots },
} as const;
