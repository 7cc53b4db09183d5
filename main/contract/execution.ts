import { z } from 'zod';
import { instantSchema, parametersSchema } from './task.ts';

/** Why an execution was started. */
export const triggerSchema = z.enum(['schedule', 'catch-up', 'manual', 'retry', 'chain', 'test']);
export type Trigger = z.infer<typeof triggerSchema>;

/**
 * `interrupted`: the process that ran it vanished (crash, power cut, SIGKILL) before it could write an outcome.
 * `skipped`: decided against before anything was started.
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
export const outcomeSchema = executionStatusSchema.exclude(['running', 'skipped']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const executionErrorSchema = z.object({
  /** `group/word`, stable, for programs: `shell/command-not-found`, `mcp/no-answer`. */
  code: z.string(),
  /** What happened and what to do about it, for people. */
  message: z.string(),
});

/** One attempt to run a task, as the ledger keeps it. */
export const executionSchema = z.object({
  executionId: z.string(),
  taskId: z.string(),
  taskName: z.string(),
  timingId: z.string(),
  tool: z.string(),
  parameters: parametersSchema,
  trigger: triggerSchema,
  /** The slot it serves; null for manual and test runs. */
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
  /** What the tool answered: MCP content, an HTTP response's summary; null for shell tasks. */
  result: z.unknown(),
  error: executionErrorSchema.nullable(),
  /** Absolute path of the log file, or null where none was written. */
  logPath: z.string().nullable(),
  logBytes: z.number().int().nonnegative(),
  /** Highest resident memory of the whole process tree seen, in bytes; null where it was not measured. */
  peakMemoryBytes: z.number().int().nonnegative().nullable(),
  cpuMs: z.number().nonnegative().nullable(),
});
export type Execution = z.infer<typeof executionSchema>;

/** What an execution was given besides its tool and parameters: as it was then, whatever became of its task since. */
export const executionSetupSchema = z.object({
  /** Absolute. */
  workingDirectory: z.string(),
  /** The task's own variables, references to secrets as they are written. */
  env: z.record(z.string(), z.string()),
  /** How many variables of the login shell it had beside them. */
  inheritedVariables: z.number().int().nonnegative(),
  timeoutMs: z.number().int().positive(),
  /** Of the whole process tree; null for no limit. */
  memoryBytes: z.number().int().positive().nullable(),
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
  'ended',
  'max-executions',
  'condition',
  'missed',
  'catch-up-window',
  'superseded',
  'read-only',
  'cancelled',
]);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

/** What became of one expected slot of one task. */
export const slotRecordSchema = z.object({
  taskId: z.string(),
  slot: instantSchema,
  state: z.enum(['claimed', 'skipped', 'due', 'unaccounted']),
  reason: decisionReasonSchema.nullable(),
  detail: z.string().nullable(),
  executionId: z.string().nullable(),
  recordedAt: instantSchema.nullable(),
});
export type SlotRecord = z.infer<typeof slotRecordSchema>;

export const executionFilterSchema = z.object({
  taskId: z.string().optional(),
  timingId: z.string().optional(),
  status: executionStatusSchema.optional(),
  trigger: triggerSchema.optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
  /** Case-insensitive part of the task's name, tool or error message. */
  query: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
  offset: z.number().int().min(0).default(0),
});
export type ExecutionFilter = z.infer<typeof executionFilterSchema>;
export type ExecutionFilterInput = z.input<typeof executionFilterSchema>;
