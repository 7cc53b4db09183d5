import { z } from 'zod';
import { agentClientChangeSchema, agentClientSchema } from './agents.ts';
import { navigationTargetSchema } from './control.ts';
import { desktopStateSchema } from './desktop.ts';
import { undoResultSchema } from './history.ts';
import { executionFilterSchema, executionSchema, executionSetupSchema, slotRecordSchema } from './execution.ts';
import type { Envelope } from './errors.ts';
import { keepingCalls } from './ipc-keeping.ts';
import { proposalSchema, proposalViewSchema, waitingProposalSchema } from './proposal.ts';
import { scheduleAnswerSchema } from './schedule-answer.ts';
import { secretCalls } from './secrets.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import { toolSchema } from './tool.ts';
import { transferCalls } from './transfer-calls.ts';
import { instantSchema, taskChangeSchema, taskDraftSchema, taskViewSchema, timingViewSchema } from './task.ts';
import { testRunCalls } from './test-run.ts';
import { windowCalls } from './window-calls.ts';

const nothing = z.object({});
const byTask = z.object({ taskId: z.string() });
const byProposal = z.object({ proposalId: z.string() });
const byClient = z.object({ client: z.string() });
/** False saves a tool or parameters that look wrong, or that could not be looked at. */
const checked = { validate: z.boolean().default(true) };
const byExecution = z.object({ executionId: z.string() });

/** The whole truth at one moment. Sent once on connect; events keep it true after that. */
export const snapshotSchema = z.object({
  tasks: z.array(taskViewSchema),
  timings: z.array(timingViewSchema),
  /** The newest 200, newest first. */
  executions: z.array(executionSchema),
  /** Changes of agents that wait for the person, the oldest first. */
  waiting: z.array(waitingProposalSchema),
  paused: z.object({ since: z.string(), until: z.string().optional(), note: z.string().optional() }).nullable(),
  store: z.object({ state: z.enum(['ok', 'read-only']), message: z.string().nullable(), path: z.string() }),
  app: z.object({
    version: z.string(),
    platform: z.string(),
    timezone: z.string(),
    osScheduler: z.string(),
    dataDir: z.string(),
  }),
  desktop: desktopStateSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export type Tool = z.infer<typeof toolSchema>;

export const logChunkSchema = z.object({
  text: z.string(),
  /** Byte offset after `text`; read on from here. */
  nextOffset: z.number().int().nonnegative(),
  /** Bytes in the file now. */
  size: z.number().int().nonnegative(),
  /** True once the execution ended and everything up to `size` was read. */
  complete: z.boolean(),
});
export type LogChunk = z.infer<typeof logChunkSchema>;

/** Renderer to main. Every side (binding, preload, client, fake) is derived from this one table. */
export const ipcCalls = {
  ...testRunCalls,
  ...windowCalls,
  ...secretCalls,
  ...transferCalls,
  'app.snapshot': { input: nothing, output: snapshotSchema },
  'app.pauseAll': {
    input: z.object({ until: z.string().optional(), note: z.string().optional() }),
    output: z.object({ paused: snapshotSchema.shape.paused }),
  },
  'app.resumeAll': { input: nothing, output: z.object({ paused: snapshotSchema.shape.paused }) },
  'app.openLog': { input: byExecution, output: nothing },
  'app.closeQuickAdd': { input: nothing, output: nothing },
  'schedule.parse': {
    input: z.object({ phrase: z.string(), timezone: z.string().optional() }),
    output: scheduleAnswerSchema,
  },
  /** The slots of a stored schedule in (`from`, `until`], the earliest `limit` of them. */
  'schedule.slots': {
    input: z.object({
      cronExpression: z.string(),
      timezone: z.string(),
      runAt: instantSchema.optional(),
      from: instantSchema,
      until: instantSchema,
      limit: z.number().int().min(1).max(5000).default(1000),
    }),
    output: z.object({ slots: z.array(instantSchema) }),
  },
  'tasks.create': {
    input: taskDraftSchema.extend(checked),
    output: z.object({
      task: taskViewSchema,
      timing: timingViewSchema,
      nextRuns: z.array(z.string()),
      warnings: z.array(z.string()),
    }),
  },
  'tasks.update': {
    input: z.object({ taskId: z.string(), change: taskChangeSchema, ...checked }),
    output: z.object({ task: taskViewSchema }),
  },
  'tasks.pause': {
    input: z.object({ taskId: z.string(), until: z.string().optional(), note: z.string().optional() }),
    output: z.object({ task: taskViewSchema }),
  },
  'tasks.resume': { input: byTask, output: z.object({ task: taskViewSchema }) },
  'tasks.delete': { input: byTask, output: z.object({ task: taskViewSchema }) },
  'tasks.trigger': { input: byTask, output: z.object({ execution: executionSchema }) },
  'tasks.why': {
    input: z.object({ taskId: z.string(), since: z.string().optional() }),
    output: z.object({ slots: z.array(slotRecordSchema) }),
  },
  /** Slots of a group that nobody ran, oldest first, with the reason where there is one. */
  'tasks.missed': {
    input: z.object({ timingId: z.string(), since: instantSchema }),
    output: z.object({ slots: z.array(slotRecordSchema) }),
  },
  'tools.list': {
    input: nothing,
    output: z.object({
      tools: z.array(toolSchema),
      /** Configured servers that could not be asked, with the reason. */
      unavailable: z.array(z.object({ server: z.string(), message: z.string() })),
    }),
  },
  'executions.list': {
    input: executionFilterSchema,
    output: z.object({ executions: z.array(executionSchema), total: z.number().int() }),
  },
  /** `setup` is null where it is not known: for runs of an older version, and for those of ncp. */
  'executions.get': {
    input: byExecution,
    output: z.object({ execution: executionSchema, setup: executionSetupSchema.nullable() }),
  },
  'executions.cancel': { input: byExecution, output: z.object({ execution: executionSchema }) },
  'logs.read': {
    input: z.object({ executionId: z.string(), offset: z.number().int().min(0).default(0) }),
    output: logChunkSchema,
  },
  /** Ask for `logs.grew` events of this execution until unfollowed or the window goes. */
  'logs.follow': { input: byExecution, output: nothing },
  'logs.unfollow': { input: byExecution, output: nothing },
  'proposals.get': { input: byProposal, output: z.object({ proposal: proposalViewSchema }) },
  /** `basis` is the one of the preview that the person looked at: exactly that is approved. */
  'proposals.approve': {
    input: byProposal.extend({ basis: z.string(), always: z.boolean().default(false) }),
    output: z.object({ proposal: proposalSchema }),
  },
  'proposals.reject': {
    input: byProposal.extend({ note: z.string().optional() }),
    output: z.object({ proposal: proposalSchema }),
  },
  'agents.list': { input: nothing, output: z.object({ clients: z.array(agentClientSchema) }) },
  'agents.change': {
    input: byClient.extend({ change: agentClientChangeSchema }),
    output: z.object({ client: agentClientSchema }),
  },
  /** Takes back all that the client changed and that still stands. */
  'agents.undo': { input: byClient, output: undoResultSchema },
  'agents.revoke': { input: byClient, output: z.object({ client: agentClientSchema, rejected: z.number().int() }) },
  'settings.get': { input: nothing, output: z.object({ settings: settingsSchema }) },
  'settings.update': {
    input: z.object({ change: settingsChangeSchema }),
    output: z.object({ settings: settingsSchema }),
  },
  ...keepingCalls,
} as const;
export type IpcCall = keyof typeof ipcCalls;
export type IpcInput<C extends IpcCall> = z.input<(typeof ipcCalls)[C]['input']>;
export type IpcParsedInput<C extends IpcCall> = z.output<(typeof ipcCalls)[C]['input']>;
export type IpcOutput<C extends IpcCall> = z.output<(typeof ipcCalls)[C]['output']>;

/** Main to renderer. */
export const ipcEvents = {
  /** Definitions, groups, OS entries or pause state changed: everything but executions, whole. */
  'schedule.changed': snapshotSchema.omit({ executions: true }),
  /** These executions are new or changed. */
  'executions.changed': z.object({ executions: z.array(executionSchema) }),
  /** Executions were removed by retention. */
  'executions.removed': z.object({ executionIds: z.array(z.string()) }),
  /** config.json was changed, by whomever; with `problem` it is not used, and what counted before still does. */
  'settings.changed': z.object({ settings: settingsSchema, problem: z.string().nullable() }),
  'logs.grew': z.object({ executionId: z.string(), size: z.number().int() }),
  /** A notification, the tray or a second launch asks the window to go somewhere. */
  navigate: navigationTargetSchema,
  /** Something that a person asked for outside the window was refused. */
  refused: z.object({ message: z.string() }),
} as const;
export type IpcEvent = keyof typeof ipcEvents;
export type IpcEventPayload<E extends IpcEvent> = z.output<(typeof ipcEvents)[E]>;

/**
 * The two functions the preload exposes as `window.ncpScheduler`; `window.scheduler` is the browser's own. Answers and
 * payloads cross as JSON: `contextBridge` copies objects property by property, for ten thousand tasks slower than
 * everything else that opening the window does.
 */
export interface TextBridge {
  /** Answers an `Envelope<IpcOutput<C>>`. */
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<string>;
  /** The listener gets an `IpcEventPayload<E>`. Returns the function that stops listening. */
  on(name: IpcEvent, listener: (payload: string) => void): () => void;
}

/** The same with what the texts say. */
export interface Bridge {
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>>;
  /** Returns the function that stops listening. */
  on<E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): () => void;
}
