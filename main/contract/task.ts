import { z } from 'zod';

/** An instant: ISO 8601 in UTC, as `Date.prototype.toISOString` writes it (`2026-12-03T14:15:00.000Z`). */
export const instantSchema = z.iso.datetime();
export type Instant = z.infer<typeof instantSchema>;

/**
 * What happens when a slot is due while an earlier execution of the same task still runs.
 * The words are Temporal's (https://docs.temporal.io/schedule#overlap-policy).
 */
export const overlapPolicySchema = z.enum([
  'skip',
  'buffer-one',
  'buffer-all',
  'cancel-other',
  'terminate-other',
  'allow-all',
]);
export type OverlapPolicy = z.infer<typeof overlapPolicySchema>;

/** What happens to slots that passed while nothing could run them: none, the latest, or all within the window. */
export const catchUpPolicySchema = z.enum(['skip', 'once', 'all']);
export type CatchUpPolicy = z.infer<typeof catchUpPolicySchema>;

const milliseconds = z.number().int().nonnegative();

/** Attempts after a failed one. A retry is an execution of its own with the same slot and the next attempt number. */
export const retryPolicySchema = z.looseObject({
  /** Attempts after the first. @default 0 */
  count: z.number().int().min(0).max(100),
  /** Wait before the first retry, in ms. @default 10000 */
  delayMs: milliseconds.optional(),
  /** Each further wait is the last one times this. 1 keeps it constant. @default 2 */
  backoff: z.number().min(1).max(100).optional(),
  /** Longest wait, in ms. @default 3600000 (one hour) */
  maxDelayMs: milliseconds.optional(),
  /** Share of each wait that is random, 0 to 1. @default 0.1 */
  jitter: z.number().min(0).max(1).optional(),
  /** Retry only these exit codes. Absent: every failure and timeout is retried. */
  exitCodes: z.array(z.number().int()).optional(),
});

/** Run this task when another one ended. */
export const chainSchema = z.looseObject({
  taskId: z.string().min(1),
  on: z.enum(['success', 'failure', 'end']),
});

/** A task's policies as stored: only what the person set. Defaults are in `policyDefaults`. */
export const policiesSchema = z.looseObject({
  overlap: overlapPolicySchema.optional(),
  catchUp: catchUpPolicySchema.optional(),
  catchUpWindowMs: milliseconds.optional(),
  retries: retryPolicySchema.optional(),
  timeoutMs: z.number().int().positive().optional(),
  /** Limit on the resident memory of the whole process tree, in MiB. */
  memoryMb: z.number().int().positive().optional(),
  /** Bytes of output kept in the log: half of it from the start, half from the end. */
  outputLimitBytes: z.number().int().positive().optional(),
  /** Added niceness of the worker, 0 (normal) to 19 (lowest priority). */
  nice: z.number().int().min(0).max(19).optional(),
  /** Pause the task after this many failures in a row. */
  pauseAfterFailures: z.number().int().positive().optional(),
  /** Start up to this long after the slot, drawn per slot, in ms. */
  jitterMs: milliseconds.optional(),
  conditions: z.looseObject({ onACPower: z.boolean().optional(), online: z.boolean().optional() }).optional(),
  after: z.array(chainSchema).optional(),
});
export type Policies = z.infer<typeof policiesSchema>;

export { policyDefaults } from './policy-defaults.ts';

export const taskStatusSchema = z.enum(['active', 'paused', 'completed', 'error']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** `server:tool`: `shell:run` and `http:request` are built in, every other server is a configured MCP server. */
export const toolNameSchema = z
  .string()
  .regex(/^[^:\s]+:\S+$/, 'a tool is written server:tool, for example shell:run or filesystem:list_directory');

export const parametersSchema = z.record(z.string(), z.unknown());

/** One task as `schedule.json` keeps it: the seed's field names plus ours. Unknown fields survive a round trip. */
export const taskSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  description: z.string().optional(),
  timingId: z.string().min(1),
  /** Canonical 5-field cron; for a one-shot the minute, hour, day and month of `runAt` in `timezone`. */
  cronExpression: z.string().min(1),
  /** IANA zone the schedule is read in. */
  timezone: z.string().min(1),
  /** The instant of a one-shot. Absent for a recurring schedule. */
  runAt: instantSchema.optional(),
  tool: toolNameSchema,
  parameters: parametersSchema,
  /** Complete the task after its first successful slot. */
  fireOnce: z.boolean().optional(),
  /** Complete the task after this many successful slots. Retries and manual runs do not count. */
  maxExecutions: z.number().int().positive().optional(),
  /** No slot after this instant runs. */
  endDate: instantSchema.optional(),
  /** The seed's word for catch-up `once`; `policies.catchUp` wins where both are set. */
  catchupMissed: z.boolean().optional(),
  createdAt: instantSchema,
  /** The agent that created it, `mcp:<client>@<version>`. Absent where a person did. */
  createdBy: z.string().optional(),
  updatedAt: instantSchema.optional(),
  /** Slots strictly after this instant count: set at creation, on resume and when the schedule changes. */
  armedAt: instantSchema.optional(),
  status: taskStatusSchema,
  errorMessage: z.string().optional(),
  /** Resume by itself at this instant. Only with status `paused`. */
  pausedUntil: instantSchema.optional(),
  /** Why it is paused, in the words of who paused it. */
  pauseNote: z.string().optional(),
  /** Slots at or before this instant are skipped with reason `skip-next`. */
  skipUntil: instantSchema.optional(),
  workingDirectory: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string()).optional(),
  policies: policiesSchema.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A task with its run state from the ledger joined in, as every surface shows it. */
export const taskViewSchema = taskSchema.extend({
  /** Executions so far that were not skipped, retries not counted. */
  executionCount: z.number().int().nonnegative(),
  lastExecutionId: z.string().optional(),
  lastExecutionAt: instantSchema.optional(),
  lastStatus: z.string().optional(),
  running: z.number().int().nonnegative(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** A timing group as stored: all tasks with the same canonical schedule and zone. */
export const timingSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  cronExpression: z.string().min(1),
  timezone: z.string().min(1),
  runAt: instantSchema.optional(),
  taskIds: z.array(z.string()),
  createdAt: instantSchema,
});
export type Timing = z.infer<typeof timingSchema>;

export const osEntryStateSchema = z.enum([
  /** Installed and exactly what we would install now. */
  'installed',
  /** Not there although the group wants it. */
  'missing',
  /** There, ours, but not what we would install now. */
  'drifted',
  /** This group needs none: scheduling happens inside the running app. */
  'in-process',
  /** No task of the group may run now (all paused or completed), so nothing is installed. */
  'not-needed',
  /** The OS scheduler could not be asked. */
  'unknown',
]);

export const timingViewSchema = timingSchema.extend({
  /** The schedule as a sentence. */
  sentence: z.string(),
  lastExecutionAt: instantSchema.optional(),
  nextExecutionAt: instantSchema.optional(),
  nextRuns: z.array(instantSchema),
  osEntry: z.object({
    kind: z.string(),
    state: osEntryStateSchema,
    path: z.string().optional(),
    detail: z.string().optional(),
  }),
});
export type TimingView = z.infer<typeof timingViewSchema>;

/** The whole of `schedule.json`. */
export const scheduleFileSchema = z.looseObject({
  version: z.literal('2.0.0'),
  tasks: z.record(z.string(), taskSchema),
  timings: z.record(z.string(), timingSchema),
  /** Set while all scheduled firing is paused. */
  paused: z
    .looseObject({ since: instantSchema, until: instantSchema.optional(), note: z.string().optional() })
    .optional(),
});
export type ScheduleFile = z.infer<typeof scheduleFileSchema>;

/** What a person or agent gives to create a task. `schedule` is a phrase, a cron expression or an instant. */
export const taskDraftSchema = z.object({
  name: z.string().trim().min(1, 'a task needs a name').max(200),
  schedule: z.string().trim().min(1, 'a task needs a schedule'),
  tool: toolNameSchema,
  parameters: parametersSchema.default({}),
  timezone: z.string().optional(),
  description: z.string().optional(),
  workingDirectory: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string()).optional(),
  fireOnce: z.boolean().optional(),
  maxExecutions: z.number().int().positive().optional(),
  endDate: instantSchema.optional(),
  catchupMissed: z.boolean().optional(),
  policies: policiesSchema.optional(),
  /** False creates the task paused. @default true */
  active: z.boolean().optional(),
});
export type TaskDraft = z.infer<typeof taskDraftSchema>;
export type TaskDraftInput = z.input<typeof taskDraftSchema>;

/** A change of a task: only the fields given change; `null` clears an optional field. */
export const taskChangeSchema = z.object({
  name: taskDraftSchema.shape.name.optional(),
  schedule: taskDraftSchema.shape.schedule.optional(),
  tool: toolNameSchema.optional(),
  parameters: parametersSchema.optional(),
  timezone: z.string().optional(),
  description: z.string().nullable().optional(),
  workingDirectory: z.string().nullable().optional(),
  env: z.record(z.string(), z.string()).nullable().optional(),
  tags: z.array(z.string()).nullable().optional(),
  fireOnce: z.boolean().nullable().optional(),
  maxExecutions: z.number().int().positive().nullable().optional(),
  endDate: instantSchema.nullable().optional(),
  catchupMissed: z.boolean().nullable().optional(),
  policies: policiesSchema.nullable().optional(),
  active: z.boolean().optional(),
});
export type TaskChange = z.infer<typeof taskChangeSchema>;
