import type { Backup } from '../../contract/backups.ts';
import type { AgentClient } from '../../contract/agents.ts';
import type { ProposalView } from '../../contract/proposal.ts';
import type { Execution } from '../../contract/execution.ts';
import type { Snapshot, Tool } from '../../contract/ipc.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile, TaskDraft, TaskView, TimingView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { understandSchedule } from '../../domain/phrase/understand-schedule.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { timingId, timingName } from '../../domain/naming/timing-id.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import { FakeHistory } from './fake-history.ts';

/** What a window is shown without a main process: everything in memory, schedules by the real domain. */
export class FakeWorld {
  readonly tasks = new Map<string, TaskView>();
  readonly executions = new Map<string, Execution>();
  readonly logs = new Map<string, string>();
  readonly history = new FakeHistory();
  backups: Backup[] = [];
  legacyEntries: OsEntry[] = [];
  readonly osEntries = new Map<string, TimingView['osEntry']>();
  settings: Settings = settingsSchema.parse({ startAtLogin: false });
  readonly proposals: ProposalView[] = [];
  readonly clients: AgentClient[] = [];
  tools: Tool[] = [];
  unavailable: { server: string; message: string }[] = [];
  /** Names of secrets, with the instant they were set. */
  readonly secrets = new Map<string, string>();
  secretsProblem: string | null = null;
  /** The login shell has changed since its environment was captured. */
  environmentDiffers = true;
  commandInstalled = false;
  paused: Snapshot['paused'] = null;
  store: Snapshot['store'] = { state: 'ok', message: null, path: '/home/ada/.ncp/scheduler/schedule.json' };
  app: Snapshot['app'] = {
    version: '0.1.0',
    platform: 'linux',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    osScheduler: 'systemd',
    dataDir: '/home/ada/.ncp/scheduler',
  };
  desktop: Snapshot['desktop'] = {
    notifications: { available: true, problem: null, doNotDisturb: false, buttons: true },
    tray: { available: true },
    shortcut: { active: false, problem: null },
    startAtLogin: { enabled: false, problem: null },
    updates: { state: 'unavailable', version: null, problem: 'Updates are not available in this build.' },
  };
  readonly #groupKeys = new Map<string, string>();
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

  /** Ids are kept for good, so that a group that comes back has its old name. */
  timingIdOf(spec: ScheduleSpec): string {
    const id = timingId(spec, { machineTimezone: this.app.timezone, taken: this.#groupKeys });
    this.#groupKeys.set(id, scheduleKey(spec));
    return id;
  }

  /** Joins the executions into their tasks, as the real views do. */
  refreshTasks(taskIds: Iterable<string>): void {
    const byTask = new Map<string, Execution[]>();
    for (const execution of this.executionsNewestFirst()) {
      const own = byTask.get(execution.taskId);
      if (own) own.push(execution);
      else byTask.set(execution.taskId, [execution]);
    }
    for (const taskId of taskIds) {
      const task = this.tasks.get(taskId);
      if (task) this.tasks.set(taskId, { ...task, ...runState(byTask.get(taskId) ?? []) });
    }
  }

  executionsNewestFirst(): Execution[] {
    return [...this.executions.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  timings(): TimingView[] {
    const byTiming = new Map<string, TaskView[]>();
    for (const task of this.tasks.values()) {
      const own = byTiming.get(task.timingId);
      if (own) own.push(task);
      else byTiming.set(task.timingId, [task]);
    }
    return [...byTiming].map(([id, tasks]) => this.#timing(id, tasks));
  }

  timing(id: string): TimingView {
    return this.#timing(
      id,
      [...this.tasks.values()].filter((task) => task.timingId === id),
    );
  }

  #timing(id: string, tasks: readonly TaskView[]): TimingView {
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

  /** As the file would hold it. */
  file(): ScheduleFile {
    const timings = this.timings().map((timing) => [timing.id, timing] as const);
    return { version: '2.0.0', tasks: Object.fromEntries(this.tasks), timings: Object.fromEntries(timings) };
  }

  schedule(): Omit<Snapshot, 'executions'> {
    return {
      tasks: [...this.tasks.values()],
      timings: this.timings(),
      paused: this.paused,
      waiting: this.proposals.filter(({ state }) => state === 'pending'),
      store: this.store,
      app: this.app,
      desktop: this.desktop,
    };
  }
}

function runState(newestFirst: readonly Execution[]): Partial<TaskView> {
  const [newest] = newestFirst;
  return {
    executionCount: newestFirst.filter((execution) => execution.status !== 'skipped').length,
    running: newestFirst.filter((execution) => execution.status === 'running').length,
    ...(newest && {
      lastExecutionId: newest.executionId,
      lastExecutionAt: newest.startedAt,
      lastStatus: newest.status,
    }),
  };
}
