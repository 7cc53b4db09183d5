import { z } from 'zod';
import { executionErrorSchema } from './execution.ts';
import { mcpServerSchema } from './settings.ts';
import { parametersSchema } from './task.ts';

/** Everything a worker needs to run one execution. It reads no file of ours and opens no database. */
export const executionSpecSchema = z.object({
  executionId: z.string(),
  taskName: z.string(),
  tool: z.string(),
  parameters: parametersSchema,
  /** Absolute; checked by the worker before anything starts. */
  workingDirectory: z.string().nullable(),
  /** The whole environment of the task's process. */
  env: z.record(z.string(), z.string()),
  /** Absolute path of the log the worker creates and owns. */
  logPath: z.string(),
  outputLimitBytes: z.number().int().positive(),
  /** Time after which the parent cancels with reason `timeout`, for messages only: the parent owns the deadline. */
  timeoutMs: z.number().int().positive(),
  /** The configured server for an MCP tool; null for built-in tools. */
  mcpServer: mcpServerSchema.nullable(),
  /** Texts that must not appear in what is kept of the run: the log, the result, the error. */
  masked: z.array(z.string()).optional(),
});
export type ExecutionSpec = z.infer<typeof executionSpecSchema>;

export const cancelReasonSchema = z.enum(['timeout', 'cancelled', 'memory', 'quit']);
export type CancelReason = z.infer<typeof cancelReasonSchema>;

/** Parent to worker. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    spec: executionSpecSchema,
    /** Niceness the worker gives itself, and so all it starts, before anything runs. Absent: unchanged. */
    nice: z.number().int().min(0).max(19).optional(),
  }),
  /** To an idle worker: load what this tool needs. Nothing of a task is known yet, and nothing runs. */
  z.object({ type: z.literal('prepare'), tool: z.string() }),
  /** Step one of the kill ladder: stop what runs, flush the log, then report `done`. */
  z.object({ type: z.literal('cancel'), reason: cancelReasonSchema }),
  /** The outcome is in the ledger: the worker may exit. */
  z.object({ type: z.literal('acknowledge'), executionId: z.string() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** Worker to parent. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), pid: z.number().int() }),
  z.object({ type: z.literal('started'), executionId: z.string() }),
  /** The log has grown to this many bytes on disk. */
  z.object({ type: z.literal('log'), executionId: z.string(), logBytes: z.number().int().nonnegative() }),
  /** The log is complete on disk, and this is what the tool came to. */
  z.object({
    type: z.literal('done'),
    executionId: z.string(),
    outcome: z.enum(['success', 'failure', 'cancelled']),
    exitCode: z.number().int().nullable(),
    signal: z.string().nullable(),
    result: z.unknown(),
    error: executionErrorSchema.nullable(),
    logBytes: z.number().int().nonnegative(),
    /** CPU time of every process of the task that ended and was waited for, in ms; null where the OS does not tell. */
    cpuMs: z.number().nonnegative().nullable(),
  }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
export type WorkerDone = Extract<FromWorker, { type: 'done' }>;
