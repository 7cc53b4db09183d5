import { z } from 'zod';
import { doubtPolicySchema, doubtSchema } from './doubt.ts';
import { executionErrorSchema } from './execution.ts';
import { probeSchema, seenSchema } from './probe.ts';
import { keptProgramSchema, sessionEventSchema } from './session-event.ts';
import { mcpServerSchema } from './settings.ts';
import { criteriaSchema } from './success.ts';
import { parametersSchema, toolNameSchema } from './tool-call.ts';

/** The call that a run makes first, and what it must differ from. */
const probeSpecSchema = z.object({
  ...probeSchema.pick({ path: true, pattern: true, ignore: true }).shape,
  tool: toolNameSchema,
  parameters: parametersSchema,
  /** The configured server for an MCP tool; null for built-in tools. */
  mcpServer: mcpServerSchema.nullable(),
  /** What the server accepts as the person's sign-in. Absent: none. */
  accessToken: z.string().optional(),
  then: z.enum(['run', 'tell']),
  first: z.enum(['record', 'run']),
  /** True: the task's own tool is its probe, and its success criteria are those of the probe. */
  isOwnTool: z.boolean(),
  /** True: the task runs even without a change, because a person started it. */
  always: z.boolean(),
  /** The last answer that counted; null for the first look. */
  previous: seenSchema.nullable(),
  /** Where the task's parameters take a value of the change. */
  places: z.array(z.object({ keys: z.array(z.string()), field: z.enum(['previous', 'current', 'diff']) })),
});
export type ProbeSpec = z.infer<typeof probeSpecSchema>;

/** Everything that a worker needs for one run. It reads no files of the app and opens no database. */
const executionSpecSchema = z.object({
  executionId: z.string(),
  taskName: z.string(),
  tool: z.string(),
  parameters: parametersSchema,
  /** Absolute; checked by the worker before anything starts. */
  workingDirectory: z.string().nullable(),
  /** The whole environment of the task's process. */
  env: z.record(z.string(), z.string()),
  /** Absolute path of the log, which the worker creates and owns. */
  logPath: z.string(),
  outputLimitBytes: z.number().int().positive(),
  /** Time limit, for messages only: the parent enforces it and cancels with reason `timeout`. */
  timeoutMs: z.number().int().positive(),
  /** The configured server for an MCP tool; null for built-in tools. */
  mcpServer: mcpServerSchema.nullable(),
  /** Set if the run uses a server that its parent keeps for several runs. Absent: it starts its own. */
  kept: z
    .object({
      /** How long the server lives after its last run, in ms. */
      forMs: z.number().int().positive(),
      /** The same for runs whose servers differ only if the configuration or the person's environment changed. */
      place: z.string(),
    })
    .optional(),
  /** The configured servers that an agent can use, by name. Absent: none. */
  agentServers: z.record(z.string(), mcpServerSchema).optional(),
  /** What the server accepts as the person's sign-in. It ends soon; what renews it stays in the parent. Absent: none. */
  accessToken: z.string().optional(),
  /** Texts that must not appear in the log, the result or the error. */
  masked: z.array(z.string()).optional(),
  /** What must hold besides the exit code, HTTP status or answer. Absent: nothing. */
  success: criteriaSchema.optional(),
  /** What to do with output that looks like a failure. Absent: nothing. */
  doubt: doubtPolicySchema.optional(),
  /** A file with the result of the run before as JSON, which exists while this run does. Absent: none. */
  resultFile: z.object({ path: z.string(), content: z.string() }).optional(),
  /** What to look at before the task runs. Absent: nothing. */
  probe: probeSpecSchema.optional(),
  /** What the worker adds to an agent's prompt. Absent: nothing. */
  promptNote: z.string().optional(),
});
export type ExecutionSpec = z.infer<typeof executionSpecSchema>;

const cancelReasonSchema = z.enum(['timeout', 'cancelled', 'memory', 'processes', 'quit', 'superseded']);
export type CancelReason = z.infer<typeof cancelReasonSchema>;

/** Messages from the parent to the worker. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run'),
    spec: executionSpecSchema,
    /** Niceness that the worker sets for itself, and so for all it starts, before anything runs. Absent: unchanged. */
    nice: z.number().int().min(0).max(19).optional(),
    /** Limit of processes, which the worker asks the kernel to hold too. Absent: none. */
    processes: z.number().int().positive().optional(),
    /** The worker serves other runs too, and stays when this one has ended. Absent: it exits then. */
    shared: z.literal(true).optional(),
  }),
  /** Makes an idle worker load what this tool needs. The worker has no task yet and runs nothing. */
  z.object({ type: z.literal('prepare'), tool: z.string() }),
  /** First step of ending a run: stop what runs, flush the log, then report `done`. */
  z.object({ type: z.literal('cancel'), executionId: z.string(), reason: cancelReasonSchema }),
  /** Answers `token`: another access token, or why there is none. */
  z.object({ type: z.literal('token'), token: z.string().nullable(), error: executionErrorSchema.nullable() }),
  /** Makes an idle worker keep a server for several runs, in place of a run. */
  z.object({
    type: z.literal('keep'),
    program: keptProgramSchema,
    nice: z.number().int().min(0).max(19).optional(),
  }),
  /** From the kept server to a run, or from a run to the kept server. */
  z.object({ type: z.literal('session'), executionId: z.string(), event: sessionEventSchema }),
  /** Further texts that must not appear in the log, the result or the error. */
  z.object({ type: z.literal('mask'), texts: z.array(z.string()) }),
  /** Ends the kept server and its worker. */
  z.object({ type: z.literal('end') }),
  /** The outcome has arrived: a worker that serves only this run may exit. */
  z.object({ type: z.literal('acknowledge'), executionId: z.string() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** Messages from the worker to the parent. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), pid: z.number().int() }),
  z.object({ type: z.literal('started'), executionId: z.string() }),
  /** A shared worker started the run's own process, which leads its own session and process group. */
  z.object({ type: z.literal('process'), executionId: z.string(), pid: z.number().int().positive() }),
  /** The log has grown to this many bytes on disk. */
  z.object({ type: z.literal('log'), executionId: z.string(), logBytes: z.number().int().nonnegative() }),
  /** The unfinished last line of the output, in the format of the log without line end; empty once it is complete. */
  z.object({ type: z.literal('live'), executionId: z.string(), line: z.string() }),
  /** The MCP server rejected the access token: the worker waits for another. */
  z.object({ type: z.literal('token'), executionId: z.string() }),
  /** From a run to the kept server, or from the kept server to a run; null: to every run that uses it. */
  z.object({ type: z.literal('session'), executionId: z.string().nullable(), event: sessionEventSchema }),
  /** What became of a kept server: its program runs, it answered the first message, or it should get no further runs. */
  z.object({
    type: z.literal('server'),
    state: z.enum(['started', 'ready', 'retired']),
    /** The server's process. */
    pid: z.number().int().nullable(),
    /** Why it gets no further runs; null unless `retired`. */
    reason: z.string().nullable(),
  }),
  /** The outcome. The log is complete on disk. */
  z.object({
    type: z.literal('done'),
    executionId: z.string(),
    /** `skipped`: the probe saw no change. */
    outcome: z.enum(['success', 'failure', 'cancelled', 'skipped']),
    exitCode: z.number().int().nullable(),
    signal: z.string().nullable(),
    result: z.unknown(),
    error: executionErrorSchema.nullable(),
    logBytes: z.number().int().nonnegative(),
    /** CPU time of the task's processes that ended and were waited for, in ms; null if the OS does not report it. */
    cpuMs: z.number().nonnegative().nullable(),
    /** Why a success is doubtful. Absent if it is not. */
    doubt: doubtSchema.optional(),
    /** True if a success has no output but white space. Absent if that is not known. */
    isEmpty: z.boolean().optional(),
    /** The answer of the probe, if it counts from now on. */
    seen: seenSchema.optional(),
    /** Resident memory of the shared worker that ran it, in bytes. Absent: the worker served only this run. */
    workerBytes: z.number().int().nonnegative().optional(),
  }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
export type WorkerDone = Extract<FromWorker, { type: 'done' }>;
