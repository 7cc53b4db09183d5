import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput, TaskView } from '../../contract/task.ts';
import { taskDraftSchema } from '../../contract/task.ts';
import { builtInTools } from '../../contract/built-in/tools.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { fillAgents } from './fake-proposals.ts';
import { FakeBridge } from './fake-bridge.ts';
import { fakeHandlers } from './fake-handlers.ts';
import { FakeRuns, newExecution } from './fake-runs.ts';
import { addChanges, sampleBackups } from './keeping-samples.ts';
import { FakeWorld } from './fake-world.ts';
import { failingLog, longLog, mcpTools, typicalDrafts } from './samples.ts';

export type Scenario = 'empty' | 'typical' | 'full' | 'error';

const HOUR = 3_600_000;

/** A bridge over a world of its own, as the window would find it. */
export function createFakeBridge(scenario: Scenario): { bridge: FakeBridge; world: FakeWorld; runs: FakeRuns } {
  const world = new FakeWorld();
  world.tools = [...builtInTools];
  const getBridge = (): FakeBridge => bridge;
  const runs = new FakeRuns(world, getBridge);
  const bridge: FakeBridge = new FakeBridge(fakeHandlers({ world, runs, bridge: getBridge }));
  fillers[scenario](world, bridge);
  return { bridge, world, runs };
}

const fillers: Record<Scenario, (world: FakeWorld, bridge: FakeBridge) => void> = {
  empty: () => undefined,
  typical: (world) => fillTypical(world),
  full: (world) => fillFull(world),
  error: (world, bridge) => fillError(world, bridge),
};

const add = (world: FakeWorld, draft: TaskDraftInput): TaskView => world.addTask(taskDraftSchema.parse(draft));

function fillTypical(world: FakeWorld): void {
  world.tools = [...builtInTools, ...mcpTools];
  world.settings = {
    ...world.settings,
    mcpServers: { filesystem: { command: 'npx', args: ['@modelcontextprotocol/server-filesystem', '/home/ada'] } },
  };
  const tasks = typicalDrafts.map((draft) => add(world, draft));
  tasks.forEach((task, index) => addHistory(world, task, 14 + index * 3, index));
  const paused = tasks.at(-1);
  if (paused)
    world.tasks.set(paused.id, { ...world.task(paused.id), status: 'paused', pauseNote: 'until the new disk is here' });
  const running = tasks[0];
  if (running) addRunning(world, running);
  addChanges(world);
}

/** Runs at regular distances before now; some of the tasks fail now and then. */
function addHistory(world: FakeWorld, task: TaskView, count: number, seed: number): void {
  for (let run = 0; run < count; run++) {
    const startedAt = world.now() - (run + 1) * 7.3 * HOUR - seed * 11 * 60_000;
    const fails = seed % 3 === 1 && run % 6 === 0;
    addEnded(world, task, startedAt, fails ? 'failure' : 'success', 900 + ((run * 7919 + seed * 104_729) % 9000));
  }
  world.refreshTasks([task.id]);
}

function addEnded(
  world: FakeWorld,
  task: TaskView,
  startedAt: number,
  status: Exclude<Execution['status'], 'running'>,
  duration: number,
): Execution {
  const failed = status === 'failure';
  const start = Math.floor(startedAt / 60_000) * 60_000;
  const base = newExecution(world.id('run'), task, start + 240);
  const log = failed ? failingLog(start) : longLog(start, 8, task.name);
  const execution: Execution = {
    ...base,
    trigger: 'schedule',
    slot: new Date(start).toISOString(),
    completedAt: new Date(start + duration).toISOString(),
    duration,
    status,
    exitCode: failed ? 1 : 0,
    error: failed ? { code: 'shell/exit-code', message: 'The command ended with exit code 1.' } : null,
    logBytes: log.length,
    peakMemoryBytes: 48 * 1024 * 1024,
    cpuMs: duration / 3,
  };
  world.executions.set(execution.executionId, execution);
  world.logs.set(execution.executionId, log);
  return execution;
}

function addRunning(world: FakeWorld, task: TaskView): void {
  const startedAt = world.now() - 42_000;
  const execution: Execution = { ...newExecution(world.id('run'), task, startedAt), trigger: 'schedule' };
  world.executions.set(execution.executionId, execution);
  world.logs.set(execution.executionId, longLog(startedAt, 40, task.name));
  world.refreshTasks([task.id]);
}

/** As much as the window must carry. */
function fillFull(world: FakeWorld): void {
  fillTypical(world);
  fillAgents(world, true);
  const templates = typicalDrafts.length;
  for (let group = 0; group < 200; group++) {
    for (let member = 0; member < 4; member++) {
      const template = typicalDrafts[(group + member) % templates];
      if (!template) continue;
      const name = `${template.name} ${group + 1}.${member + 1}`;
      add(world, { ...template, name, schedule: `${group % 60} ${group % 24} * * ${member % 2 === 0 ? '*' : '1-5'}` });
    }
  }
  const tasks = [...world.tasks.values()];
  for (let run = 0; run < 5000; run++) {
    const task = tasks[(run * 31) % tasks.length];
    const status = run % 23 === 0 ? 'failure' : run % 41 === 0 ? 'timeout' : 'success';
    if (task) addEnded(world, task, world.now() - run * 233_000, status, 300 + ((run * 7919) % 20_000));
  }
  world.refreshTasks(tasks.map((task) => task.id));
}

/** Everything that can be wrong at once. */
function fillError(world: FakeWorld, bridge: FakeBridge): void {
  world.backups = sampleBackups(world);
  world.legacyEntries = [
    { timingId: 'daily-9am', kind: 'cron', state: 'legacy', key: null, path: 'crontab', detail: '0 9 * * * ncp' },
  ];
  fillTypical(world);
  fillAgents(world, false);
  world.store = {
    state: 'read-only',
    message:
      'schedule.json is not valid JSON (line 41). It was left as it is. Choose a backup, or mend the file: it is read again when it changes.',
    path: world.store.path,
  };
  world.paused = { since: new Date(world.now() - HOUR).toISOString(), note: 'moving house' };
  world.unavailable = [{ server: 'github', message: 'it ended with exit code 127: command not found' }];
  const [missing, drifted] = world.timings();
  if (missing) world.osEntries.set(missing.id, { kind: 'systemd', state: 'missing', detail: 'The timer was removed.' });
  if (drifted) {
    world.osEntries.set(drifted.id, { kind: 'systemd', state: 'drifted', detail: 'OnCalendar was changed by hand.' });
  }
  for (const task of [...world.tasks.values()].slice(0, 4)) {
    addEnded(world, task, world.now() - 5 * 60_000, 'failure', 1200);
    world.refreshTasks([task.id]);
  }
  bridge.breakCall(
    'executions.list',
    new SchedulerError('store/damaged', 'ledger.db is damaged: its first page is not readable.'),
  );
}
