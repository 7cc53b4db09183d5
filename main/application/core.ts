import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import { dataPaths, defaultDataDir, prepareDataDir, type DataPaths } from '../adapters/storage/data-dir.ts';
import { openScheduleStore } from '../adapters/storage/schedule/file.ts';
import { openSettings } from '../adapters/storage/settings-file.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import type { OsSchedulers } from '../adapters/os-scheduler/registry.ts';
import { policyDefaults } from '../contract/policy-defaults.ts';
import { machineTimeZone } from '../domain/timing/time-zone.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Logger } from '../ports/logger.ts';
import type { OsScheduler, TranslateContext } from '../ports/os-scheduler.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { Store } from '../ports/store.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import { SlotPlanner } from '../services/schedule/slot-planner.ts';
import type { MachineChecks } from '../services/tasks/task-checks.ts';
import { TaskManager } from '../services/tasks/task-manager.ts';
import { TimingFacts } from '../services/schedule/timing-facts.ts';
import { chosenScheduler } from './chosen-scheduler.ts';
import { entryCommand, entryEnvironment, entryNamespace, type Executable } from './entry-command.ts';
import { machineChecks } from './machine-checks.ts';
import { toolVerifier } from './tool-checks.ts';

export interface CoreOptions {
  /** `--data-dir`, or null for `NCP_SCHEDULER_DIR` or the default. */
  readonly dataDir: string | null;
  readonly executable: Executable;
  readonly logger: Logger;
}

/** Everything that works without running a task: definitions, ledger, OS entries. Opened once per process. */
export interface Core {
  readonly paths: DataPaths;
  readonly isDefaultDir: boolean;
  readonly clock: Clock;
  readonly timezone: string;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly settings: SettingsStore;
  readonly planner: SlotPlanner;
  readonly sync: ScheduleSync;
  readonly tasks: TaskManager;
  readonly facts: TimingFacts;
  readonly checks: MachineChecks;
  /** The tools of this data directory's servers. */
  readonly catalog: () => Promise<ToolCatalog>;
  /** The OS scheduler that carries the groups now. */
  readonly choose: () => Promise<OsScheduler>;
  /** What OS entries call. */
  readonly context: Omit<TranslateContext, 'fromMs'>;
  readonly executable: Executable;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly close: () => void;
}

/** @throws SchedulerError `store/…` */
export function openCore(options: CoreOptions): Core {
  const paths = prepareDataDir(options.dataDir ?? defaultDataDir());
  const isDefaultDir = paths.dir === join(homedir(), '.ncp', 'scheduler');
  const { logger, executable } = options;
  const storage = openStorage(paths, logger);
  const { ledger, store, settings } = storage;
  const [clock, newId, zone] = [systemClock, randomUUID, lazyTimeZone()];
  const defaults = () => ({ ...policyDefaults, timeoutMs: settings.read().defaultTimeout });
  const planner = new SlotPlanner({ ledger, clock, defaults });
  let loaded: Promise<OsSchedulers> | null = null;
  const schedulers: OsSchedulers = async (kind) => (await (loaded ??= loadSchedulers(paths)))(kind);
  const choose = chosenScheduler({ settings, clock, schedulers });
  const context = entryContext(executable, paths.dir, isDefaultDir, zone);
  const sync = new ScheduleSync({ store, clock, schedulers, choose, context });
  const checks = machineChecks(settings);
  let opened: Promise<ToolCatalog> | null = null;
  const catalog = () => (opened ??= import('./tools.ts').then(({ catalogOf }) => catalogOf(core)));
  const facts = new TimingFacts();
  const common = { store, ledger, clock, sync, checks, planner, facts, newId };
  const tasks = new TaskManager({
    ...common,
    verifyTool: toolVerifier(catalog),
    get machineTimezone() {
      return zone();
    },
  });
  const close = () => ledger.close();
  const given = { paths, isDefaultDir, clock, executable, logger, newId, facts, close };
  const core: Core = {
    ...{ ...given, ...storage, planner, choose, context, sync, tasks, checks, catalog },
    get timezone() {
      return zone();
    },
  };
  return core;
}

/** Asking for the zone loads ICU, which takes as long as all else that a short command does: only who needs it pays. */
function lazyTimeZone(): () => string {
  let known: string | null = null;
  return () => (known ??= machineTimeZone());
}

function openStorage(paths: DataPaths, logger: Logger): Pick<Core, 'ledger' | 'store' | 'settings'> {
  const ledger = openLedger(paths.ledger, {
    onReplaced: (replacement) => logger.warn('The ledger was damaged and replaced', { ...replacement }),
  });
  const store = openScheduleStore({ dir: paths.dir, ledger });
  const lock = <T>(action: () => T): T => ledger.withWriteLock(action);
  return { ledger, store, settings: openSettings({ path: paths.config, profilePath: paths.profile, lock }) };
}

function entryContext(
  executable: Executable,
  dataDir: string,
  isDefaultDir: boolean,
  zone: () => string,
): Omit<TranslateContext, 'fromMs'> {
  return {
    command: entryCommand(executable, dataDir, isDefaultDir),
    env: entryEnvironment(process.platform, homedir(), process.getuid?.() ?? null),
    get machineTimezone() {
      return zone();
    },
    homeDir: homedir(),
    namespace: entryNamespace(dataDir, isDefaultDir),
  };
}

/** Only where the data lies; opens nothing. */
export function dataDirOf(dataDir: string | null): string {
  return dataPaths(dataDir ?? defaultDataDir()).dir;
}

async function loadSchedulers(paths: DataPaths): Promise<OsSchedulers> {
  const { createOsSchedulers } = await import('../adapters/os-scheduler/registry.ts');
  return createOsSchedulers({
    homeDir: homedir(),
    username: userInfo().username,
    uid: process.getuid?.() ?? null,
    runtimeDir: process.env['XDG_RUNTIME_DIR'],
    crontabBackupDir: join(paths.dir, 'crontab-backups'),
  });
}
