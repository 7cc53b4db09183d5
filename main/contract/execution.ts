import { z } from 'zod';
import { doubtSchema } from './doubt.ts';
import { instantSchema } from './task.ts';
import { parametersSchema } from './tool-call.ts';

/** What started a run. */
export const triggerSchema = z.enum(['schedule', 'catch-up', 'manual', 'retry', 'chain', 'test', 'backfill']);
export type Trigger = z.infer<typeof triggerSchema>;

/**
 * `interrupted`: its process disappeared (crash, power cut, SIGKILL) before it recorded an outcome.
 * `skipped`: its probe saw no change, so the task itself did not run. People read "no change".
 */
export const executionStatusSchema = z.enum([
  'running',
  'success',
  'failure',
  'timeout',
  'cancelled',
  'interrupted',
  'skipped',
]);
export type ExecutionStatus = z.infer<typeof executionStatusSchema>;
export type Outcome = Exclude<ExecutionStatus, 'running'>;

export const executionErrorSchema = z.object({
  /** `group/word`, stable, for programs: `shell/command-not-found`, `mcp/no-answer`. */
  code: z.string(),
  /** What happened and what to do about it, for people. */
  message: z.string(),
  /** The line of output that decided it; the log shows this line first. */
  line: z.string().optional(),
});

/** The run after which a follow-up runs. */
export const executionCauseSchema = z.object({
  executionId: z.string(),
  taskId: z.string(),
  taskName: z.string(),
});
export type ExecutionCause = z.infer<typeof executionCauseSchema>;

/** One run of a task, as the ledger records it. */
export const executionSchema = z.object({
  executionId: z.string(),
  taskId: z.string(),
  taskName: z.string(),
  timingId: z.string(),
  tool: z.string(),
  parameters: parametersSchema,
  trigger: triggerSchema,
  /** The slot that it runs; null for manual and test runs. */
  slot: instantSchema.nullable(),
  /** 1 for the first attempt, 2 for its first retry, … */
  attempt: z.number().int().positive(),
  startedAt: instantSchema,
  completedAt: instantSchema.nullable(),
  /** Milliseconds from start to end; null while it runs. */
  duration: z.number().nonnegative().nullable(),
  status: executionStatusSchema,
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  /** The tool's answer: MCP content, or a summary of the HTTP response; null for shell tasks. */
  result: z.unknown(),
  error: executionErrorSchema.nullable(),
  /** Absolute path of the log file; null if none was written. */
  logPath: z.string().nullable(),
  /** Bytes of the log and of the files of the result beside it. */
  logBytes: z.number().int().nonnegative(),
  /** Peak resident memory of the whole process tree, in bytes; null if it was not measured. */
  peakMemoryBytes: z.number().int().nonnegative().nullable(),
  cpuMs: z.number().nonnegative().nullable(),
  /** Why a successful run is doubtful. Absent if it is not. */
  doubt: doubtSchema.optional(),
  /** The run that this one follows. Absent if it follows none. */
  cause: executionCauseSchema.optional(),
});
export type Execution = z.infer<typeof executionSchema>;

/** The settings of a run besides its tool and parameters, as they were when it started. */
export const executionSetupSchema = z.object({
  /** Absolute. */
  workingDirectory: z.string(),
  /** The task's own variables. References to secrets are not resolved. */
  env: z.record(z.string(), z.string()),
  /** Number of further variables, from the login shell. */
  inheritedVariables: z.number().int().nonnegative(),
  timeoutMs: z.number().int().positive(),
  /** Memory limit of the whole process tree; null for none. */
  memoryBytes: z.number().int().positive().nullable(),
  /** Limit on the processes at once; null for none, absent in runs of versions before the limit. */
  processes: z.number().int().positive().nullable().optional(),
  outputLimitBytes: z.number().int().positive(),
  /** Added niceness. */
  nice: z.number().int().nonnegative(),
});
export type ExecutionSetup = z.infer<typeof executionSetupSchema>;

/** Why a slot did not run. */
export const decisionReasonSchema = z.enum([
  'paused',
  'all-paused',
  'skip-next',
  'overlap',
  'not-started',
  'ended',
  'max-executions',
  'condition',
  'budget',
  'calendar',
  'unchanged',
  'missed',
  'catch-up-window',
  'superseded',
  'read-only',
  'cancelled',
  /** Another member of the fleet started it. */
  'elsewhere',
  /** This member of the fleet lacks what the task needs. */
  'not-eligible',
]);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

/** What happened at one slot of one task. */
export const slotRecordSchema = z.object({
  taskId: z.string(),
  slot: instantSchema,
  state: z.enum(['claimed', 'skipped', 'due', 'unaccounted']),
  reason: decisionReasonSchema.nullable(),
  detail: z.string().nullable(),
  executionId: z.string().nullable(),
  recordedAt: instantSchema.nullable(),
  /** How the last attempt at a claimed slot ended, or that it is running; only where slots are explained. */
  outcome: executionStatusSchema.optional(),
});
export type SlotRecord = z.infer<typeof slotRecordSchema>;

export const executionFilterSchema = z.object({
  taskId: z.string().optional(),
  timingId: z.string().optional(),
  status: executionStatusSchema.optional(),
  trigger: triggerSchema.optional(),
  /** True: only doubtful runs. */
  doubtful: z.boolean().optional(),
  /** Only runs that follow this run. */
  causeId: z.string().optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
  /** Text in the task's name, tool or error message, ignoring case. */
  query: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
  offset: z.number().int().min(0).default(0),
});
export type ExecutionFilter = z.infer<typeof executionFilterSchema>;
export type ExecutionFilterInput = z.input<typeof executionFilterSchema>;
