import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legacyFiles } from '../adapters/storage/legacy-files.ts';
import { openLogRemoval } from '../adapters/storage/log-removal.ts';
import type { Application, RunOperations } from '../application/application.ts';
import { builtInTools } from '../contract/built-in-tools.ts';
import type { DoctorCheck } from '../contract/cli.ts';
import { policyDefaults } from '../contract/policy-defaults.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { ControlClient } from '../ports/control.ts';
import type { ExecutionObserver } from '../ports/execution-observer.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import { Agents } from '../services/consent/agents.ts';
import type { AgentRuns } from '../services/consent/apply-change.ts';
import { AttemptRunner } from '../services/runs/attempt-runner.ts';
import { ChangeHistory } from '../services/history/change-history.ts';
import { ExecutionCanceller } from '../services/runs/execution-canceller.ts';
import { OverlapGuard } from '../services/firing/overlap-guard.ts';
import { LegacyOsEntries } from '../services/migration/legacy-os-entries.ts';
import { createMigration, type MigrationOptions } from '../services/migration/migrate.ts';
import { Retention } from '../services/settings/retention.ts';
import { Recovery } from '../services/runs/recovery.ts';
import { ScheduleRestore } from '../services/history/schedule-restore.ts';
import { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import { SlotHistory } from '../services/schedule/slot-history.ts';
import { SlotPlanner } from '../services/schedule/slot-planner.ts';
import { TaskCompletion } from '../services/firing/task-completion.ts';
import { TaskManager, type TaskManagerNeeds } from '../services/tasks/task-manager.ts';
import { verifyTool } from '../services/tasks/tool-verdict.ts';
import { TestRuns } from '../services/runs/test-runs.ts';
import { TimingFacts } from '../services/schedule/timing-facts.ts';
import { TimingExecutor } from '../services/firing/timing-executor.ts';
import { fakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { memoryLedger } from './memory-ledger.ts';
import { memoryOsScheduler } from './memory-os-scheduler.ts';
import type { MemoryOsScheduler } from './memory-os-scheduler.ts';
import { memorySettings } from './memory-settings.ts';
import { memoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';
import { memoryTransfer } from './memory-transfer.ts';
import { pretendingRunner } from './pretending-runner.ts';

export interface MemoryApplication extends Application {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly ledger: Ledger;
  readonly os: MemoryOsScheduler;
  readonly facts: TimingFacts;
  readonly settings: SettingsStore;
  /** What `doctor` finds. */
  readonly checks: DoctorCheck[];
  /** The primary that answers; null for none. */
  setPrimary(primary: ControlClient | null): void;
  /** Executions at the same time; what waits may go on at once. @default 4 */
  limit(executions: number): void;
  /** Removes the logs. */
  dispose(): void;
}

const owner = { pid: process.pid, startedAt: 'memory' };
const noTree: ProcessTree = {
  identify: (pid) => ({ pid, startedAt: 'memory' }),
  isAlive: () => true,
  descendants: () => [],
  usage: () => Promise.resolve({ memoryBytes: 0, cpuMs: 0, processes: 0 }),
  signal: () => [],
};
const noObserver: ExecutionObserver = { started: () => undefined, ended: () => undefined, logGrew: () => undefined };

/**
 * The real services over memory: schedule, ledger, clock and OS scheduler; `pretending-runner.ts` says what tasks do.
 * `cleanup` keeps two executions of each task.
 */
export function memoryApplication(start = '2026-11-23T12:00:00.000Z'): MemoryApplication {
  const logs = mkdtempSync(join(tmpdir(), 'ncp-memory-'));
  const clock = fakeClock(start);
  const store = memoryStore({}, () => clock.now());
  const [ledger, os] = [memoryLedger(), memoryOsScheduler('systemd')];
  const settings = memorySettings({ maxExecutionsPerJob: 2 });
  const services = memoryServices({ clock, store, ledger, os, logs, settings });
  const runs = memoryRuns(services.executor, ledger);
  const agents = new Agents({ ...services, ...{ store, ledger, settings, clock, runs } });
  const found: DoctorCheck[] = [];
  let primary: ControlClient | null = null;
  return {
    version: '1.2.3',
    dataDir: '/memory',
    timezone: 'UTC',
    command: ['/opt/ncp-scheduler'],
    ...{ clock, store, ledger, os, settings, facts: services.facts },
    checks: found,
    setPrimary: (client) => {
      primary = client;
    },
    limit: (executions) => {
      services.atOnce.most = executions;
      services.executor.adoptLimit();
    },
    dispose: () => rmSync(logs, { recursive: true, force: true }),
    tasks: () => Promise.resolve(services.tasks),
    runs: () => Promise.resolve(runOperations(services)),
    executions: () => Promise.resolve(ledger),
    slots: () => Promise.resolve(services.slots),
    history: () => Promise.resolve(services.history),
    backups: () => Promise.resolve(services.backups),
    migration: () => Promise.resolve(services.migration),
    entries: () => Promise.resolve(services.sync),
    doctor: () =>
      Promise.resolve({
        diagnose: () => Promise.resolve(found),
        fix: () => Promise.resolve(found.map((check) => ({ ...check, status: 'ok', fixed: true }) as const)),
      }),
    retention: () => Promise.resolve(services.retention),
    transfer: () => Promise.resolve(services.transfer),
    catalog: () => Promise.resolve(catalog),
    agents: () => Promise.resolve(agents),
    primary: () => Promise.resolve(primary),
    callTool: (tool, parameters) => Promise.resolve({ called: tool, with: parameters }),
    serve: async ({ onEvent, stop }) => {
      onEvent({ type: 'started', at: new Date(clock.now()).toISOString() });
      if (!stop.aborted)
        await new Promise<void>((resolve) => {
          stop.addEventListener('abort', () => resolve(), { once: true });
        });
      onEvent({ type: 'stopped', at: new Date(clock.now()).toISOString() });
    },
    close: () => Promise.resolve(),
  };
}

interface Memory {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly ledger: Ledger;
  readonly os: MemoryOsScheduler;
  readonly logs: string;
  readonly settings: SettingsStore;
}

function memoryServices({ clock, store, ledger, os, logs, settings }: Memory) {
  let ids = 0;
  const newId = (): string => `id-${String((ids += 1)).padStart(3, '0')}`;
  const planner = new SlotPlanner({ ledger, clock, defaults: () => policyDefaults });
  const sync = new ScheduleSync({
    store,
    clock,
    schedulers: (kind) => Promise.resolve(os.kind === kind ? os : memoryOsScheduler(kind)),
    choose: () => Promise.resolve(os),
    context: {
      command: ['/opt/ncp-scheduler'],
      env: {},
      machineTimezone: 'UTC',
      homeDir: '/home/person',
      namespace: '',
    },
  });
  const checks = { workingDirectoryProblem: directoryProblem, toolProblems };
  const rest = { machineTimezone: 'UTC', newId, verifyTool: verify };
  const facts = new TimingFacts();
  const tasks = new TaskManager({ store, ledger, clock, sync, checks, planner, facts, ...rest });
  const common = { ledger, clock, processTree: noTree, observer: noObserver };
  const attempts = new AttemptRunner({
    ...common,
    runner: pretendingRunner(),
    logger: silent,
    environment: environment((executionId) => join(logs, `${executionId}.log`)),
    owner,
    newId,
  });
  const recovery = new Recovery({ ...common, fileSize: (path) => statSync(path).size });
  const canceller = new ExecutionCanceller({ ...common, attempts });
  const overlap = new OverlapGuard({ ledger, clock, canceller, recovery });
  const completion = new TaskCompletion({ store, ledger, clock, tasks, logger: silent });
  const conditions = { onACPower: () => Promise.resolve(null), online: () => Promise.resolve(null) };
  const atOnce = { most: 4 };
  const limits = { concurrencyLimit: () => atOnce.most, random: () => 0.5, conditions, logger: silent };
  const executor = new TimingExecutor({
    ...{ store, clock, planner, attempts, canceller, recovery, overlap, completion },
    ...limits,
  });
  const retention = new Retention({
    ...{ ledger, clock, logger: silent, settings },
    logs: openLogRemoval(logs),
  });
  const transfer = memoryTransfer({ store, ledger, clock, settings, sync, checks, newId });
  const history = new ChangeHistory({ store, ledger, settings, clock, sync, planner, machineTimezone: 'UTC', newId });
  const slots = new SlotHistory({ store, ledger, clock, planner });
  const backups = new ScheduleRestore({ store, ledger, clock, sync, newId });
  const migration = memoryMigration({ store, ledger, clock, sync });
  const testRuns = new TestRuns({ ...{ store, clock, checks, planner, attempts, newId }, machineTimezone: 'UTC' });
  const parts = { facts, history, backups, migration, slots, checks, testRuns, newId };
  return { atOnce, tasks, sync, executor, retention, transfer, ...parts };
}

/** Reads real directories of ncp; there is none in the data directory. */
function memoryMigration(needs: Pick<Memory, 'clock' | 'store' | 'ledger'> & { readonly sync: ScheduleSync }) {
  const { sync } = needs;
  const migration = createMigration({ ...needs, legacy: legacyFiles, dataDir: '/memory', machineTimezone: 'UTC' });
  const legacy = new LegacyOsEntries(needs);
  return {
    migrate: (options: MigrationOptions) => migration.migrate(options),
    install: () => sync.sync(),
    legacyEntries: () => legacy.list(),
    replaceLegacyEntries: () => legacy.replace(),
  };
}

function runOperations({ executor, testRuns }: ReturnType<typeof memoryServices>): RunOperations {
  return {
    fireTiming: (timingId, options) => executor.fireTiming(timingId, options),
    runTask: (taskId, trigger) => executor.runTask(taskId, trigger),
    cancel: (executionId) => executor.cancel(executionId),
    testDraft: (draft) => testRuns.begin(draft),
  };
}

function memoryRuns(executor: TimingExecutor, ledger: Ledger): AgentRuns {
  return {
    start: async (taskId) => {
      const { executionId } = await executor.runTask(taskId, 'manual');
      const started = ledger.get(executionId);
      if (started === null) throw new Error('a run that was just started is not in the ledger');
      return started;
    },
    test: async (taskId) => (await executor.runTask(taskId, 'test')).finished,
    cancel: (executionId) => executor.cancel(executionId),
  };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function directoryProblem(path: string): string | null {
  return path.startsWith('/missing') ? `The directory ${path} does not exist.` : null;
}

function toolProblems(tool: string): string[] {
  return ['shell', 'http', 'silent'].includes(tool.split(':')[0] ?? '')
    ? []
    : [`There is no server "${tool.split(':')[0] ?? ''}".`];
}

/** The built-in tools, and two servers that never answer: `silent` is configured on this machine, `away` elsewhere. */
const catalog: ToolCatalog = {
  list: ({ server } = {}) =>
    Promise.resolve({
      tools: builtInTools.filter(({ tool }) => server === undefined || tool.startsWith(`${server}:`)),
      unavailable: server === undefined ? [{ server: 'away', message: 'The server "away" does not start.' }] : [],
    }),
  find: (tool) => {
    if (/^(away|silent):/.test(tool)) throw new SchedulerError('mcp/unreachable', 'The server does not start.');
    const [server = ''] = tool.split(':', 1);
    if (!['shell', 'http'].includes(server)) {
      throw new SchedulerError('mcp/unknown-server', `There is no server for ${tool}.`);
    }
    return Promise.resolve(builtInTools.find((candidate) => candidate.tool === tool) ?? null);
  },
  check: ({ tool }, parameters) =>
    tool !== 'shell:run' || 'command' in parameters || 'args' in parameters ? [] : ['parameters: command is missing'],
};

const verify: TaskManagerNeeds['verifyTool'] = (tool, parameters) => verifyTool(catalog, tool, parameters);

function environment(logPath: (executionId: string) => string) {
  return {
    variables: () => Promise.resolve({}),
    homeDir: '/home/person',
    mcpServer: () => null,
    secret: () => '',
    logPath,
  };
}
