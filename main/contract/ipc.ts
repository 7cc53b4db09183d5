import { z } from 'zod';
import { agentCalls } from './calls/agents.ts';
import { alertCalls } from './calls/alerts.ts';
import { appCalls } from './calls/app.ts';
import { backupCalls } from './calls/backups.ts';
import { calendarCalls } from './calls/calendars.ts';
import { commandCalls } from './calls/command.ts';
import { doctorCalls } from './calls/doctor.ts';
import { entryCalls } from './calls/entries.ts';
import { environmentCalls } from './calls/environment.ts';
import { executionCalls } from './calls/executions.ts';
import { fleetCalls } from './calls/fleet.ts';
import { historyCalls } from './calls/history.ts';
import { legacyCalls } from './calls/legacy.ts';
import { logCalls } from './calls/logs.ts';
import { machineCalls } from './calls/machines.ts';
import { proposalCalls } from './calls/proposals.ts';
import { reportCalls } from './calls/reports.ts';
import { scheduleCalls } from './calls/schedule.ts';
import { secretCalls } from './calls/secrets.ts';
import { serverCalls } from './calls/servers.ts';
import { settingsCalls } from './calls/settings.ts';
import { taskCalls } from './calls/tasks.ts';
import { toolCalls } from './calls/tools.ts';
import { transferCalls } from './calls/transfer.ts';
import { navigationTargetSchema } from './control.ts';
import type { Envelope } from './errors.ts';
import { executionSchema } from './execution.ts';
import { machineStatusSchema } from './machines.ts';
import { settingsSchema } from './settings.ts';
import { scheduleChangeSchema } from './schedule-change.ts';

/**
 * Window to main: the call `x.y` is declared in `calls/x.ts` and handled in `main/ipc/x.ts`. Every side (binding, preload,
 * client) is derived from this one table.
 */
export const ipcCalls = {
  ...agentCalls,
  ...alertCalls,
  ...appCalls,
  ...backupCalls,
  ...calendarCalls,
  ...commandCalls,
  ...doctorCalls,
  ...entryCalls,
  ...environmentCalls,
  ...executionCalls,
  ...fleetCalls,
  ...historyCalls,
  ...legacyCalls,
  ...logCalls,
  ...machineCalls,
  ...proposalCalls,
  ...reportCalls,
  ...scheduleCalls,
  ...secretCalls,
  ...serverCalls,
  ...settingsCalls,
  ...taskCalls,
  ...toolCalls,
  ...transferCalls,
} as const;
export type IpcCall = keyof typeof ipcCalls;
export type IpcInput<C extends IpcCall> = z.input<(typeof ipcCalls)[C]['input']>;
export type IpcParsedInput<C extends IpcCall> = z.output<(typeof ipcCalls)[C]['input']>;
export type IpcOutput<C extends IpcCall> = z.output<(typeof ipcCalls)[C]['output']>;

/** Events from main to the renderer. */
export const ipcEvents = {
  /** Definitions, groups, OS entries or the pause state changed. Holds what is different, for those who got a snapshot. */
  'schedule.changed': scheduleChangeSchema,
  /** These runs are new or changed. */
  'executions.changed': z.object({ executions: z.array(executionSchema) }),
  /** Retention deleted these runs. */
  'executions.removed': z.object({ executionIds: z.array(z.string()) }),
  /** Any process changed config.json. With a `problem` it is ignored, and the previous settings stay in use. */
  'settings.changed': z.object({ settings: settingsSchema, problem: z.string().nullable() }),
  /** Slots were recorded as missed. */
  'slots.missed': z.object({}),
  'logs.grew': z.object({ executionId: z.string(), size: z.number().int() }),
  /** The connection to another machine, or what is known about it, changed. Holds all machines. */
  'machines.changed': z.object({ machines: z.array(machineStatusSchema) }),
  /** An event of the machine that the window shows. `event` and `payload` are as in this table. */
  'machines.event': z.object({ machine: z.string(), event: z.string(), payload: z.unknown() }),
  /** A notification, the tray or a second launch opens a view of the window. */
  navigate: navigationTargetSchema,
  /** Sent by the bridge itself, where it can lose its connection. After `lost: false` the window asks for everything again. */
  connection: z.object({ lost: z.boolean() }),
  /** A request that a person made outside the window was refused. */
  refused: z.object({ message: z.string() }),
} as const;
export type IpcEvent = keyof typeof ipcEvents;
export type IpcEventPayload<E extends IpcEvent> = z.output<(typeof ipcEvents)[E]>;

/**
 * The two functions that the preload exposes as `window.ncpScheduler` (`window.scheduler` belongs to the browser).
 * Answers and payloads cross as JSON, because `contextBridge` copies objects property by property: for ten thousand
 * tasks that takes longer than everything else that opening the window does.
 */
export interface TextBridge {
  /** Returns an `Envelope<IpcOutput<C>>` as JSON. */
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<string>;
  /** The listener gets an `IpcEventPayload<E>` as JSON. Returns the function that stops listening. */
  on(name: IpcEvent, listener: (payload: string) => void): () => void;
}

/** The same functions with parsed values. */
export interface Bridge {
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>>;
  /** Returns the function that stops listening. */
  on<E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): () => void;
}
