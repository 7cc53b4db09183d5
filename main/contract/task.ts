import { z } from 'zod';
import { attentionSchema, longAfterSchema } from './attention.ts';
import { budgetSchema } from './budget.ts';
import { calendarPolicySchema } from './calendars.ts';
import { longestDurationMs } from './durations.ts';
import { sharedSchema } from './fleet.ts';
import { doubtPolicySchema } from './doubt.ts';
import { probeSchema } from './probe.ts';
import { workerPolicySchema } from './worker-policy.ts';
import { scheduleRuleSchema } from './schedule-rule.ts';
import { criteriaSchema } from './success.ts';
import { parametersSchema, toolNameSchema } from './tool-call.ts';

/** An instant: ISO 8601 in UTC, as `Date.prototype.toISOString` writes it (`2026-12-03T14:15:00.000Z`). */
export const instantSchema = z.iso.datetime();

/**
 * What happens when a slot is due while an earlier run of the same task has not finished.
 * The words are Temporal's (https://docs.temporal.io/schedule#overlap-policy).
 */
const overlapPolicySchema = z.enum([
  'skip',
  'buffer-one',
  'buffer-all',
  'cancel-other',
  'terminate-other',
  'allow-all',
]);
export type OverlapPolicy = z.infer<typeof overlapPolicySchema>;

/** Which missed slots run later: none, the latest, or all within the window. */
const catchUpPolicySchema = z.enum(['skip', 'once', 'all']);
export type CatchUpPolicy = z.infer<typeof catchUpPolicySchema>;

const milliseconds = z.number().int().nonnegative();

/** Further attempts after a failure. A retry is a run of its own, with the same slot and the next attempt number. */
const retryPolicySchema = z.looseObject({
  /** Attempts after the first. @default 0 */
  count: z.number().int().min(0).max(100),
  /** Wait before the first retry, in ms. @default 10000 */
  delayMs: milliseconds.optional(),
  /** Factor by which the wait grows with each retry. 1 keeps it constant. @default 2 */
  backoff: z.number().min(1).max(100).optional(),
  /** Longest wait, in ms. @default 3600000 (one hour) */
  maxDelayMs: milliseconds.optional(),
  /** Share of each wait that is random, 0 to 1. @default 0.1 */
  jitter: z.number().min(0).max(1).optional(),
  /** Retry only after these exit codes. Absent: after every failure and timeout. */
  exitCodes: z.array(z.number().int()).optional(),
});

/** Runs this task when another one ends. */
const chainSchema = z.looseObject({
  taskId: z.string().min(1),
  on: z.enum(['success', 'failure', 'end']),
});

/** A task's policies as stored: only those that were set. `policyDefaults` holds the defaults. */
export const policiesSchema = z.looseObject({
  overlap: overlapPolicySchema.optional(),
  catchUp: catchUpPolicySchema.optional(),
  catchUpWindowMs: milliseconds.optional(),
  retries: retryPolicySchema.optional(),
  timeoutMs: z.number().int().positive().optional(),
  /** Limit on the resident memory of the whole process tree, in MiB. */
  memoryMb: z.number().int().positive().optional(),
  /** Limit on the processes that a run has at once, without its worker. */
  maxProcesses: z.number().int().positive().max(100_000).optional(),
  /** Bytes of output kept in the log: half from the start, half from the end. */
  outputLimitBytes: z.number().int().positive().optional(),
  /** Added niceness of the worker, 0 (normal) to 19 (lowest priority). */
  nice: z.number().int().min(0).max(19).optional(),
  /** Which worker runs a shell line or an HTTP request. Tools of MCP servers and agents always have their own. */
  worker: workerPolicySchema.optional(),
  /** Pause the task after this many failures in a row. */
  pauseAfterFailures: z.number().int().positive().optional(),
  /** Longest random delay after the slot, in ms. Drawn for each slot. */
  jitterMs: milliseconds.optional(),
  conditions: z.looseObject({ onACPower: z.boolean().optional(), online: z.boolean().optional() }).optional(),
  after: z.array(chainSchema).optional(),
  /** What must hold besides the exit code, HTTP status or answer, for a run to count as success. */
  success: criteriaSchema.optional(),
  /** What to do with a run that succeeded although its output looks like a failure. */
  doubt: doubtPolicySchema.optional(),
  /** The task is late if a slot has not started this long after its time. 0 switches the default of the settings off. */
  lateAfterMs: milliseconds.optional(),
  longAfter: longAfterSchema.optional(),
  /** The task is overdue if it has not succeeded for this long. 0 switches the default of the settings off. */
  overdueAfterMs: milliseconds.optional(),
  /** How much the task may use before its slots, retries and runs after other tasks are skipped. */
  budget: budgetSchema.optional(),
  /** On which days the task runs. */
  calendars: calendarPolicySchema.optional(),
  /** What becomes of a run of a shared task whose machine is lost: `leave` it interrupted, or let another member `take-over`. */
  ifLost: z.enum(['leave', 'take-over']).optional(),
  /** What a run looks at first: without a change there, the task does not run. */
  probe: probeSchema.optional(),
});
export type Policies = z.infer<typeof policiesSchema>;

export const taskStatusSchema = z.enum(['active', 'paused', 'completed', 'error']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** A task in `schedule.json`: the original system's fields plus those of this app. Unknown fields are kept. */
export const taskSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  description: z.string().optional(),
  timingId: z.string().min(1),
  /**
   * Canonical 5-field cron expression; for a one-shot the minute, hour, day and month of `runAt` in `timezone`; with a
   * `scheduleRule` the narrowest that contains every slot.
   */
  cronExpression: z.string().min(1),
  /** IANA time zone of the schedule. */
  timezone: z.string().min(1),
  /** The instant of a one-shot. Absent for a recurring schedule. */
  runAt: instantSchema.optional(),
  /** What `cronExpression` cannot say. Absent for a schedule that is one cron expression or one instant. */
  scheduleRule: scheduleRuleSchema.optional(),
  tool: toolNameSchema,
  parameters: parametersSchema,
  /** Complete the task after the first slot that succeeds. */
  fireOnce: z.boolean().optional(),
  /** Complete the task after this many slots that succeeded. Retries and manual runs do not count. */
  maxExecutions: z.number().int().positive().optional(),
  /** Run no slot before this instant. */
  startDate: instantSchema.optional(),
  /** Run no slot after this instant. */
  endDate: instantSchema.optional(),
  /** The original system's form of catch-up `once`. `policies.catchUp` takes precedence. */
  catchupMissed: z.boolean().optional(),
  createdAt: instantSchema,
  /** The agent that created it, `mcp:<client>@<version>`. Absent if a person did. */
  createdBy: z.string().optional(),
  updatedAt: instantSchema.optional(),
  /** Only slots after this instant count. Set at creation, on resume and when the schedule changes. */
  armedAt: instantSchema.optional(),
  status: taskStatusSchema,
  errorMessage: z.string().optional(),
  /** When it resumes automatically. Only with status `paused`. */
  pausedUntil: instantSchema.optional(),
  /** Why it is paused, in the words of the person who paused it. */
  pauseNote: z.string().optional(),
  /** Slots at or before this instant are skipped with reason `skip-next`. */
  skipUntil: instantSchema.optional(),
  workingDirectory: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  tags: z.array(z.string()).optional(),
  policies: policiesSchema.optional(),
  /** Its definition in the fleet. Absent for a local task. */
  shared: sharedSchema.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A task with its run state from the ledger, as it is shown everywhere. */
export const taskViewSchema = taskSchema.extend({
  /** Number of runs so far, without skipped ones and retries. */
  executionCount: z.number().int().nonnegative(),
  lastExecutionId: z.string().optional(),
  lastExecutionAt: instantSchema.optional(),
  lastStatus: z.string().optional(),
  /** Present and true if the last run is doubtful. */
  lastDoubtful: z.boolean().optional(),
  running: z.number().int().nonnegative(),
  /** Its next runs. Only a task with calendars has them; the others run when their group does. */
  nextRuns: z.array(instantSchema).optional(),
  /** Absent if the task needs none. */
  attention: z.array(attentionSchema).optional(),
});
export type TaskView = z.infer<typeof taskViewSchema>;

/** A group as stored: all tasks with the same canonical schedule and zone. */
export const timingSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1),
  cronExpression: z.string().min(1),
  timezone: z.string().min(1),
  runAt: instantSchema.optional(),
  scheduleRule: scheduleRuleSchema.optional(),
  taskIds: z.array(z.string()),
  createdAt: instantSchema,
});
export type Timing = z.infer<typeof timingSchema>;

const osEntryStateSchema = z.enum([
  /** Installed, and exactly what would be installed now. */
  'installed',
  /** Not installed, although the group needs it. */
  'missing',
  /** Installed by this app, but not what would be installed now. */
  'drifted',
  /** The group needs no entry: the running app schedules it itself. */
  'in-process',
  /** No task of the group can run now (all are paused or completed), so nothing is installed. */
  'not-needed',
  /** The OS scheduler could not be queried. */
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
  /** Present while all schedules are paused. */
  paused: z
    .looseObject({ since: instantSchema, until: instantSchema.optional(), note: z.string().optional() })
    .optional(),
});
export type ScheduleFile = z.infer<typeof scheduleFileSchema>;

/** Every length of time in the policies, with its path. */
const lengths = [
  ['timeoutMs'],
  ['catchUpWindowMs'],
  ['jitterMs'],
  ['retries', 'delayMs'],
  ['retries', 'maxDelayMs'],
  ['lateAfterMs'],
  ['longAfter', 'ms'],
  ['overdueAfterMs'],
] as const;

/** Policies of a new or changed task. A stored task may have longer times: refusing it would hide all tasks. */
const givenPoliciesSchema = policiesSchema.superRefine((policies, context) => {
  for (const path of lengths) {
    const ms = path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], policies);
    if (typeof ms === 'number' && ms > longestDurationMs)
      context.addIssue({
        code: 'custom',
        path: [...path],
        message: `must be 100 years (${longestDurationMs} ms) at most`,
      });
  }
});

/** The input to create a task. `schedule` is a phrase, a cron expression or an instant. */
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
  startDate: instantSchema.optional(),
  endDate: instantSchema.optional(),
  catchupMissed: z.boolean().optional(),
  policies: givenPoliciesSchema.optional(),
  /** False creates the task paused. @default true */
  active: z.boolean().optional(),
});
export type TaskDraft = z.infer<typeof taskDraftSchema>;
export type TaskDraftInput = z.input<typeof taskDraftSchema>;

/** A change to a task. Only the given fields change; `null` clears an optional field. */
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
  startDate: instantSchema.nullable().optional(),
  endDate: instantSchema.nullable().optional(),
  catchupMissed: z.boolean().nullable().optional(),
  policies: givenPoliciesSchema.nullable().optional(),
  active: z.boolean().optional(),
});
export type TaskChange = z.infer<typeof taskChangeSchema>;
export type TaskChangeInput = z.input<typeof taskChangeSchema>;
