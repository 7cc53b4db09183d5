import type { Execution } from '../../contract/execution.ts';
import type { Snapshot, Tool } from '../../contract/ipc.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { TaskDraft, TaskView, TimingView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { understandSchedule } from '../../domain/phrase/understand-schedule.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sentence } from '../../domain/timing/sentence.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { timingId, timingName } from '../../domain/timing/timing-id.ts';

/** What a window is shown without a main process: everything in memory, schedules by the real domain. */
export class FakeWorld {
  readonly tasks = new Map<string, TaskView>();
  readonly executions = new Map<string, Execution>();
  readonly logs = new Map<string, string>();
  readonly osEntries = new Map<string, TimingView['osEntry']>();
  settings: Settings = settingsSchema.parse({});
  tools: Tool[] = [];
  unavailable: { server: string; message: string }[] = [];
  paused: Snapshot['paused'] = null;
  store: Snapshot['store'] = { state: 'ok', message: null, path: '/home/ada/.ncp/scheduler/schedule.json' };
  app: Snapshot['app'] = {
    version: '0.1.0',
    platform: 'linux',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    osScheduler: 'systemd',
    dataDir: '/home/ada/.ncp/scheduler',
  };
  #nextId = 1;

  id(kind: string): string {
    return `${kind}-${String(this.#nextId++).padStart(4, '0')}`;
  }

  readonly now = (): number => Date.now();

  understand(phrase: string, timezone: string | undefined) {
    return understandSchedule(phrase, { nowMs: this.now(), timezone, machineTimezone: this.app.timezone });
  }

  task(taskId: string): TaskView {
    const task = this.tasks.get(taskId);
    if (!task) throw new SchedulerError('task/not-found', `There is no task with the id "${taskId}".`, { taskId });
    return task;
  }

  execution(executionId: string): Execution {
    const execution = this.executions.get(executionId);
    if (execution) return execution;
    throw new SchedulerError('execution/not-found', `There is no execution with the id "${executionId}".`);
  }

  addTask(draft: TaskDraft): TaskView {
    const { schedule, timezone, active = true, ...fields } = draft;
    const { spec } = this.understand(schedule, timezone);
    const task: TaskView = {
      ...fields,
      ...storedSchedule(spec),
      id: this.id('task'),
      timingId: this.timingIdOf(spec),
      createdAt: new Date(this.now()).toISOString(),
      status: active ? 'active' : 'paused',
      executionCount: 0,
      running: 0,
    };
    this.tasks.set(task.id, task);
    return task;
  }

  timingIdOf(spec: ScheduleSpec): string {
    const taken = new Map([...this.tasks.values()].map((task) => [task.timingId, scheduleKey(specOf(task))]));
    return timingId(spec, { machineTimezone: this.app.timezone, taken });
  }

  /** Joins the newest execution into its task, as the real views do. */
  refreshTask(taskId: string): void {
    const task = this.tasks.get(taskId);
    if (!task) return;
    const own = this.executionsNewestFirst().filter((execution) => execution.taskId === taskId);
    const newest = own[0];
    this.tasks.set(taskId, {
      ...task,
      executionCount: own.filter((execution) => execution.status !== 'skipped').length,
      running: own.filter((execution) => execution.status === 'running').length,
      ...(newest && {
        lastExecutionId: newest.executionId,
        lastExecutionAt: newest.startedAt,
        lastStatus: newest.status,
      }),
    });
  }

  executionsNewestFirst(): Execution[] {
    return [...this.executions.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  timings(): TimingView[] {
    const ids = new Set([...this.tasks.values()].map((task) => task.timingId));
    return [...ids].map((id) => this.#timing(id));
  }

  timing(id: string): TimingView {
    return this.#timing(id);
  }

  #timing(id: string): TimingView {
    const tasks = [...this.tasks.values()].filter((task) => task.timingId === id);
    const first = tasks[0];
    if (!first) throw new SchedulerError('timing/not-found', `There is no group "${id}".`);
    const spec = specOf(first);
    const nextRuns = nextSlots(spec, this.now(), 5).map((slot) => new Date(slot).toISOString());
    const last = tasks
      .flatMap((task) => task.lastExecutionAt ?? [])
      .sort()
      .at(-1);
    return {
      ...storedSchedule(spec),
      id,
      name: timingName(spec, this.app.timezone),
      taskIds: tasks.map((task) => task.id),
      createdAt: first.createdAt,
      sentence: sentence(spec),
      nextRuns,
      ...(nextRuns[0] !== undefined && { nextExecutionAt: nextRuns[0] }),
      ...(last !== undefined && { lastExecutionAt: last }),
      osEntry: this.osEntries.get(id) ?? {
        kind: this.app.osScheduler,
        state: tasks.some((task) => task.status === 'active') ? 'installed' : 'not-needed',
        path: `/home/ada/.config/systemd/user/ncp-scheduler-${id}.timer`,
      },
    };
  }

  schedule(): Omit<Snapshot, 'executions'> {
    return {
      tasks: [...this.tasks.values()],
      timings: this.timings(),
      paused: this.paused,
      store: this.store,
      app: this.app,
    };
  }
}
