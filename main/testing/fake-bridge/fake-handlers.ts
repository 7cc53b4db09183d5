import type { Execution, ExecutionSetup } from '../../contract/execution.ts';
import type { IpcParsedInput } from '../../contract/ipc.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { TaskChange, TaskView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { fakeAgentHandlers } from './fake-agent-handlers.ts';
import type { FakeBridge, FakeHandlers } from './fake-bridge.ts';
import { keepingHandlers } from './fake-keeping-handlers.ts';
import { transferHandlers } from './fake-transfer-handlers.ts';
import { windowHandlers } from './fake-window-handlers.ts';
import type { FakeRuns } from './fake-runs.ts';
import type { FakeWorld } from './fake-world.ts';

export interface FakeParts {
  world: FakeWorld;
  runs: FakeRuns;
  bridge: () => FakeBridge;
}

export function fakeHandlers(parts: FakeParts): FakeHandlers {
  return {
    ...appHandlers(parts),
    ...taskHandlers(parts),
    ...executionHandlers(parts),
    ...windowHandlers(parts),
    ...keepingHandlers(parts),
    ...transferHandlers(),
    ...fakeAgentHandlers(parts.world, parts.bridge),
    'settings.get': () => ({ settings: parts.world.settings }),
    'settings.update': ({ change }) => {
      parts.world.settings = settingsSchema.parse({ ...parts.world.settings, ...change });
      return { settings: parts.world.settings };
    },
    'tools.list': () => ({ tools: parts.world.tools, unavailable: parts.world.unavailable }),
  };
}

function appHandlers({ world, bridge }: FakeParts) {
  const changed = () => bridge().emit('schedule.changed', world.schedule());
  return {
    'app.snapshot': () => ({ ...world.schedule(), executions: world.executionsNewestFirst().slice(0, 200) }),
    'app.pauseAll': ({ until, note }: IpcParsedInput<'app.pauseAll'>) => {
      world.paused = {
        since: new Date(world.now()).toISOString(),
        ...(until !== undefined && { until }),
        ...(note !== undefined && { note }),
      };
      changed();
      return { paused: world.paused };
    },
    'app.resumeAll': () => {
      world.paused = null;
      changed();
      return { paused: null };
    },
    'app.openLog': () => ({}),
    'app.closeQuickAdd': () => ({}),
    'schedule.parse': ({ phrase, timezone }: IpcParsedInput<'schedule.parse'>) =>
      world.understand(phrase, timezone).answer,
    'schedule.slots': ({ from, until, limit, ...stored }: IpcParsedInput<'schedule.slots'>) => {
      const slots = slotsBetween(specOf(stored), Date.parse(from), Date.parse(until), limit);
      return { slots: slots.map((slot) => new Date(slot).toISOString()) };
    },
  } satisfies Partial<FakeHandlers>;
}

function taskHandlers({ world, runs, bridge }: FakeParts) {
  const put = (task: TaskView): { task: TaskView } => {
    const before = world.tasks.get(task.id) ?? null;
    world.history.record(before === null ? 'task.create' : 'task.update', before, task);
    world.tasks.set(task.id, task);
    bridge().emit('schedule.changed', world.schedule());
    return { task };
  };
  const writable = () => {
    if (world.store.state === 'ok') return;
    throw new SchedulerError('store/read-only', 'The tasks file cannot be written now.', {});
  };
  return {
    'tasks.create': (draft: IpcParsedInput<'tasks.create'>) => {
      writable();
      const { answer } = world.understand(draft.schedule, draft.timezone);
      const { task } = put(world.addTask(draft));
      return { task, timing: world.timing(task.timingId), nextRuns: answer.nextRuns, warnings: answer.warnings };
    },
    'tasks.update': ({ taskId, change }: IpcParsedInput<'tasks.update'>) => {
      writable();
      return put(changedTask(world, world.task(taskId), change));
    },
    'tasks.pause': ({ taskId, until, note }: IpcParsedInput<'tasks.pause'>) =>
      put({
        ...world.task(taskId),
        status: 'paused',
        ...(until !== undefined && { pausedUntil: until }),
        ...(note !== undefined && { pauseNote: note }),
      }),
    'tasks.resume': ({ taskId }: IpcParsedInput<'tasks.resume'>) => {
      const { pausedUntil: _until, pauseNote: _note, errorMessage: _error, ...task } = world.task(taskId);
      return put({ ...task, status: 'active' });
    },
    'tasks.delete': ({ taskId }: IpcParsedInput<'tasks.delete'>) => {
      writable();
      const task = world.task(taskId);
      world.history.record('task.delete', task, null);
      world.tasks.delete(taskId);
      bridge().emit('schedule.changed', world.schedule());
      return { task };
    },
    'tasks.trigger': ({ taskId }: IpcParsedInput<'tasks.trigger'>) => ({ execution: runs.start(world.task(taskId)) }),
    'tasks.why': () => ({ slots: [] }),
    'tasks.missed': () => ({ slots: [] }),
  } satisfies Partial<FakeHandlers>;
}

function changedTask(world: FakeWorld, task: TaskView, change: TaskChange): TaskView {
  const { schedule, timezone, active, ...fields } = change;
  const kept = new Map<string, unknown>(Object.entries(task));
  for (const [field, value] of Object.entries(fields)) {
    if (value === null) kept.delete(field);
    else if (value !== undefined) kept.set(field, value);
  }
  if (schedule !== undefined || timezone !== undefined) {
    const { spec } = world.understand(schedule ?? task.runAt ?? task.cronExpression, timezone ?? task.timezone);
    kept.delete('runAt');
    for (const [field, value] of Object.entries(storedSchedule(spec))) kept.set(field, value);
    kept.set('timingId', world.timingIdOf(spec));
  }
  if (active !== undefined) kept.set('status', active ? 'active' : 'paused');
  return { ...task, ...Object.fromEntries(kept), ...(kept.has('runAt') ? {} : { runAt: undefined }) };
}

/** As the task is now: nobody edits tasks between their runs here. */
function setupOf(world: FakeWorld, executionId: string): ExecutionSetup | null {
  const task = world.tasks.get(world.execution(executionId).taskId);
  if (!task) return null;
  const { timeoutMs = 300_000, memoryMb, outputLimitBytes = 10 * 1024 * 1024, nice = 0 } = task.policies ?? {};
  return {
    workingDirectory: task.workingDirectory ?? '/home/ada',
    env: task.env ?? {},
    inheritedVariables: 58,
    timeoutMs,
    memoryBytes: memoryMb === undefined ? null : memoryMb * 1024 * 1024,
    outputLimitBytes,
    nice,
  };
}

function executionHandlers({ world, runs }: FakeParts) {
  return {
    'executions.list': (filter: IpcParsedInput<'executions.list'>) => {
      const found = world.executionsNewestFirst().filter((execution) => fits(execution, filter));
      return { executions: found.slice(filter.offset, filter.offset + filter.limit), total: found.length };
    },
    'executions.get': ({ executionId }: IpcParsedInput<'executions.get'>) => ({
      execution: world.execution(executionId),
      setup: setupOf(world, executionId),
    }),
    'executions.cancel': ({ executionId }: IpcParsedInput<'executions.cancel'>) => ({
      execution: runs.end(executionId, { status: 'cancelled', exitCode: null, error: null }),
    }),
    'logs.read': ({ executionId, offset }: IpcParsedInput<'logs.read'>) => {
      const log = world.logs.get(executionId) ?? '';
      const text = log.slice(offset, offset + 256 * 1024);
      const nextOffset = offset + text.length;
      const ended = world.execution(executionId).status !== 'running';
      return { text, nextOffset, size: log.length, complete: ended && nextOffset >= log.length };
    },
    'logs.follow': () => ({}),
    'logs.unfollow': () => ({}),
  } satisfies Partial<FakeHandlers>;
}

function fits(execution: Execution, filter: IpcParsedInput<'executions.list'>): boolean {
  const { taskId, timingId, status, trigger, since, until, query } = filter;
  const words = `${execution.taskName} ${execution.tool} ${execution.error?.message ?? ''}`.toLowerCase();
  return (
    (taskId === undefined || execution.taskId === taskId) &&
    (timingId === undefined || execution.timingId === timingId) &&
    (status === undefined || execution.status === status) &&
    (trigger === undefined || execution.trigger === trigger) &&
    (since === undefined || execution.startedAt >= since) &&
    (until === undefined || execution.startedAt <= until) &&
    (query === undefined || words.includes(query.toLowerCase()))
  );
}
