import type { LogChunk } from '../contract/ipc.ts';
import { SchedulerError } from '../domain/errors.ts';
import { slotsBetween } from '../domain/timing/slots.ts';
import { specOf } from '../domain/timing/spec-of.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import type { LogReader } from '../services/runs/log-reader.ts';
import type { SlotHistory } from '../services/schedule/slot-history.ts';
import type { Snapshots } from '../services/desktop/snapshots.ts';
import type { TaskManager } from '../services/tasks/task-manager.ts';
import type { TimingExecutor } from '../services/firing/timing-executor.ts';
import { agentHandlers, type AgentHandlerServices } from './agent-handlers.ts';
import type { IpcHandlers } from './envelope.ts';
import { keepingHandlers, type KeepingServices } from './keeping-handlers.ts';
import { transferHandlers, type TransferServices } from './transfer-handlers.ts';
import { windowHandlers, type WindowServices } from './window-handlers.ts';

export interface HandlerServices extends WindowServices, KeepingServices, TransferServices, AgentHandlerServices {
  readonly tasks: TaskManager;
  readonly executor: TimingExecutor;
  readonly ledger: Ledger;
  readonly logs: LogReader;
  readonly slots: SlotHistory;
  readonly snapshots: Pick<Snapshots, 'whole'>;
  readonly settings: SettingsStore;
  readonly catalog: ToolCatalog;
  /** Tells every window. */
  logGrew(executionId: string, size: number): void;
  openFile(path: string): Promise<void>;
  closeQuickAdd(): void;
  settingsChanged(): void;
}

const author = 'window';

/** What each call of the window does. */
export function ipcHandlers(services: HandlerServices): IpcHandlers {
  return {
    ...appHandlers(services),
    ...taskHandlers(services),
    ...executionHandlers(services),
    ...windowHandlers(services),
    ...keepingHandlers(services),
    ...transferHandlers(services),
    ...agentHandlers(services),
  };
}

/** The calls of these groups that are handled here. */
type Part<Prefix extends string> = Omit<
  Pick<IpcHandlers, Extract<keyof IpcHandlers, `${Prefix}.${string}`>>,
  keyof ReturnType<typeof windowHandlers>
>;

function appHandlers(services: HandlerServices): Part<'app' | 'settings' | 'tools' | 'schedule'> {
  const { tasks, snapshots, settings, catalog } = services;
  return {
    'app.snapshot': () => snapshots.whole(),
    'app.pauseAll': ({ until, note }) =>
      told(services, tasks.pauseAll({ ...(until && { until }), ...(note && { note }) }, author)),
    'app.resumeAll': () => told(services, tasks.resumeAll(author)),
    'app.openLog': async ({ executionId }) => {
      await services.openFile(logPathOf(services, executionId));
      return {};
    },
    'app.closeQuickAdd': () => {
      services.closeQuickAdd();
      return {};
    },
    'schedule.parse': async ({ phrase, timezone }) => (await tasks.understand(phrase, timezone)).answer,
    'schedule.slots': ({ from, until, limit, ...stored }) => {
      const slots = slotsBetween(specOf(stored), Date.parse(from), Date.parse(until), limit);
      return { slots: slots.map((slot) => new Date(slot).toISOString()) };
    },
    'tools.list': () => catalog.list(),
    'settings.get': () => ({ settings: settings.read() }),
    'settings.update': ({ change }) => {
      const updated = settings.update(change);
      services.settingsChanged();
      return { settings: updated };
    },
  };
}

function taskHandlers(services: HandlerServices): Part<'tasks'> {
  const { tasks, executor, slots, ledger } = services;
  return {
    'tasks.create': async ({ validate, ...draft }) => told(services, await tasks.create(draft, author, { validate })),
    'tasks.update': async ({ taskId, change, validate }) =>
      told(services, await tasks.update(taskId, change, author, { validate })),
    'tasks.pause': async ({ taskId, until, note }) =>
      told(services, await tasks.pause(taskId, { ...(until && { until }), ...(note && { note }) }, author)),
    'tasks.resume': async ({ taskId }) => told(services, await tasks.resume(taskId, author)),
    'tasks.delete': async ({ taskId }) => told(services, await tasks.delete(taskId, author)),
    'tasks.trigger': async ({ taskId }) => {
      const { executionId } = await executor.runTask(taskId, 'manual');
      return { execution: found(ledger.get(executionId), executionId) };
    },
    'tasks.why': ({ taskId, since }) => ({ slots: slots.why(taskId, since) }),
    'tasks.missed': ({ timingId, since }) => ({ slots: slots.missed(timingId, since) }),
  };
}

function executionHandlers(services: HandlerServices): Part<'executions' | 'logs'> {
  const { ledger, executor, logs } = services;
  return {
    'executions.outcomes': ({ since, stepMs }) => ({ steps: ledger.outcomes(since, stepMs) }),
    'executions.list': (filter) => ledger.list(filter),
    'executions.get': ({ executionId }) => ({
      execution: found(ledger.get(executionId), executionId),
      setup: ledger.setup(executionId),
    }),
    'executions.cancel': async ({ executionId }) => ({ execution: await executor.cancel(executionId) }),
    'logs.read': ({ executionId, offset }): LogChunk => logs.read(executionId, offset),
    'logs.follow': ({ executionId }) => {
      logs.follow(executionId, (size) => services.logGrew(executionId, size));
      return {};
    },
    'logs.unfollow': ({ executionId }) => {
      logs.unfollow(executionId);
      return {};
    },
  };
}

function told<T>(services: HandlerServices, answer: T): T {
  services.changed();
  return answer;
}

function logPathOf({ ledger }: HandlerServices, executionId: string): string {
  const { logPath } = found(ledger.get(executionId), executionId);
  if (logPath !== null) return logPath;
  throw new SchedulerError('execution/no-log', `The execution ${executionId} left no log.`, { executionId });
}

function found<T>(value: T | null, executionId: string): T {
  if (value !== null) return value;
  throw new SchedulerError('execution/not-found', `There is no execution with the id "${executionId}".`, {
    executionId,
  });
}
