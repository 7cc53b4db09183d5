import { join, resolve } from 'node:path';
import type { MigrationReport } from '../../contract/migration.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LegacyData } from '../../ports/legacy-data.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ImportedHistory } from '../../ports/ledger/history.ts';
import { addInGroups, placementProblem } from './grouping.ts';
import { legacyHistory } from './legacy-history.ts';
import { isNcpSchedule, jobsOf, ncpTasksOf } from './legacy-source.ts';
import type { LegacyRecords } from './legacy-source.ts';
import { convertLegacyTask } from './legacy-task.ts';
import type { LegacyTask } from './legacy-task.ts';

export interface MigrationNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & ImportedHistory;
  readonly legacy: LegacyData;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly machineTimezone: string;
}

export interface MigrationOptions {
  /** ncp's directory. @default the data directory, where ncp keeps its files too */
  readonly from?: string;
  /** True only reports what would be done. */
  readonly dryRun?: boolean;
}

export interface Migration {
  /** True if the data directory holds files of ncp. Cheap enough for every start. */
  isNeeded(): boolean;
  /**
   * Migrates ncp's schedule: V1's `jobs.json`, or V2's `schedule.json`. After a crash at any point, either the old file
   * is still in place and the next call continues, or everything is done. Never overwrites what is in our schedule.
   *
   * @throws SchedulerError `store/unreadable` for an old file that cannot be read, `store/migration-failed` if the
   * written schedule differs from the old file, and what the store and ledger throw. The old file is then still in
   * place.
   */
  migrate(options?: MigrationOptions): MigrationReport;
}

type Converted = Extract<LegacyTask, { kind: 'converted' }>;
type Refused = Extract<LegacyTask, { kind: 'refused' }>;

const nothing: MigrationReport = {
  tasks: [],
  timings: [],
  backup: null,
  skipped: [],
  added: 0,
  notes: [],
  executions: 0,
  unreadableExecutions: 0,
};

/** Creates the migration of the schedules of ncp 1 and 2. */
export function createMigration(needs: MigrationNeeds): Migration {
  const { legacy, dataDir } = needs;
  return {
    isNeeded: () => {
      if (legacy.read(dataDir, 'jobs.json') !== null) return true;
      const schedule = legacy.read(dataDir, 'schedule.json');
      return schedule !== null && isNcpSchedule(schedule);
    },
    migrate: ({ from = dataDir, dryRun = false } = {}) => {
      const source = { dir: resolve(from), isOwn: resolve(from) === resolve(dataDir), dryRun };
      const adopted = takeSchedule(needs, source);
      return merged(adopted?.report ?? nothing, takeJobs(needs, source, adopted?.file ?? null));
    },
  };
}

interface Source {
  readonly dir: string;
  readonly isOwn: boolean;
  readonly dryRun: boolean;
}

interface Take {
  readonly converted: readonly Converted[];
  readonly refused: readonly Refused[];
}

/** Migrates V2. In our own directory the file is replaced, because it is the file we use; elsewhere it is only read. */
function takeSchedule(needs: MigrationNeeds, source: Source): { report: MigrationReport; file: ScheduleFile } | null {
  const { legacy, store } = needs;
  const text = legacy.read(source.dir, 'schedule.json');
  if (text === null || !isNcpSchedule(text)) return null;
  const path = join(source.dir, 'schedule.json');
  const takeOf = (now: string) => split(needs, ncpTasksOf(now, path, legacy, source.dir));
  const take = takeOf(text);
  if (!source.isOwn) return takeTasks(needs, source, take, null);
  const planned = emptySchedule();
  addInGroups(planned, take.converted, context(needs));
  const added = take.converted.length;
  if (source.dryRun) return { report: report(planned, take, { added }), file: planned };
  const history = keepHistory(needs, source.dir, planned, take.converted);
  const backup = store.adopt((now) => {
    if (!isNcpSchedule(now)) return null;
    const adopted = emptySchedule();
    addInGroups(adopted, takeOf(now).converted, context(needs));
    audit(needs, Object.values(adopted.tasks));
    return adopted;
  });
  const file = verified(store.read(), take.converted);
  return { report: report(file, take, { backup, ...history, added }), file };
}

/** Migrates V1. `planned` is the schedule so far, in a dry run. */
function takeJobs(needs: MigrationNeeds, source: Source, planned: ScheduleFile | null): MigrationReport {
  const { legacy, clock } = needs;
  const text = legacy.read(source.dir, 'jobs.json');
  if (text === null) return nothing;
  const take = split(needs, jobsOf(text, join(source.dir, 'jobs.json')));
  const done = takeTasks(needs, source, take, source.dryRun ? planned : null).report;
  if (source.dryRun) return done;
  return { ...done, backup: legacy.retireJobs(source.dir, clock.nowIso()) };
}

/** Adds tasks that do not exist yet. Writes the ledger first: a task must not run before its counts are imported. */
function takeTasks(
  needs: MigrationNeeds,
  source: Source,
  take: Take,
  base: ScheduleFile | null,
): { report: MigrationReport; file: ScheduleFile } {
  const { store } = needs;
  const planned = structuredClone(base ?? store.read());
  const missing = (file: ScheduleFile) => take.converted.filter(({ task }) => !Object.hasOwn(file.tasks, task.id));
  const added = missing(planned);
  addInGroups(planned, added, context(needs));
  if (source.dryRun) return { report: report(planned, take, { added: added.length }), file: planned };
  const history = keepHistory(needs, source.dir, planned, added);
  store.update((draft) => {
    const tasks = missing(draft);
    addInGroups(draft, tasks, context(needs));
    audit(
      needs,
      tasks.flatMap(({ task }) => draft.tasks[task.id] ?? []),
    );
  });
  const file = verified(store.read(), added);
  return { report: report(file, take, { ...history, added: added.length }), file };
}

function split(needs: MigrationNeeds, records: LegacyRecords): { converted: Converted[]; refused: Refused[] } {
  const all = [...records].map(([id, record]) => convertLegacyTask(id, record, context(needs)));
  return {
    converted: all.filter((task) => task.kind === 'converted'),
    refused: all.filter((task) => task.kind === 'refused'),
  };
}

function keepHistory(
  { legacy, ledger }: MigrationNeeds,
  dir: string,
  planned: ScheduleFile,
  added: readonly Converted[],
): Pick<MigrationReport, 'executions' | 'unreadableExecutions'> {
  const timingIdOf = (taskId: string) => planned.tasks[taskId]?.timingId ?? null;
  const history = legacyHistory(legacy.executionRows(dir), legacy.executionDocuments(dir), timingIdOf);
  const runStates = added.map(({ carried }) => carried).filter(({ executionCount }) => executionCount > 0);
  const executions = ledger.importHistory({ executions: history.executions, runStates });
  return { executions, unreadableExecutions: history.unreadable };
}

function audit({ ledger, clock }: MigrationNeeds, tasks: readonly Task[]): void {
  const at = clock.nowIso();
  for (const task of tasks) {
    ledger.audit({ at, author: 'migration', action: 'task.create', taskId: task.id, before: null, after: task });
  }
}

/** Checks that every job is one task, in exactly one group of its own schedule. @throws SchedulerError */
function verified(file: ScheduleFile, converted: readonly Converted[]): ScheduleFile {
  for (const { task, spec } of converted) {
    const problem = placementProblem(file, task.id, spec);
    if (problem === null) continue;
    throw new SchedulerError(
      'store/migration-failed',
      `The written schedule differs from the old file: ${problem}. The old file is still in place.`,
      { taskId: task.id },
    );
  }
  return file;
}

function report(file: ScheduleFile, take: Take, rest: Partial<MigrationReport>): MigrationReport {
  const tasks = take.converted.flatMap(({ task }) => file.tasks[task.id] ?? []);
  const groups = new Set(tasks.map(({ timingId }) => timingId));
  return {
    ...nothing,
    tasks,
    timings: Object.values(file.timings).filter(({ id }) => groups.has(id)),
    skipped: take.refused.map(({ id, name, reason }) => ({ id, name, reason })),
    notes: take.converted.flatMap(({ task, notes }) => notes.map((note) => ({ id: task.id, name: task.name, note }))),
    ...rest,
  };
}

/** Merges two reports. The second read the schedule later, so its version of a group that both have is kept. */
function merged(first: MigrationReport, second: MigrationReport): MigrationReport {
  const known = new Set(second.tasks.map(({ id }) => id));
  const groups = new Map([...first.timings, ...second.timings].map((timing) => [timing.id, timing]));
  return {
    tasks: [...first.tasks.filter(({ id }) => !known.has(id)), ...second.tasks],
    timings: [...groups.values()],
    backup: second.backup ?? first.backup,
    skipped: [...first.skipped, ...second.skipped],
    added: first.added + second.added,
    notes: [...first.notes, ...second.notes],
    executions: first.executions + second.executions,
    unreadableExecutions: first.unreadableExecutions + second.unreadableExecutions,
  };
}

function context({ clock, machineTimezone }: MigrationNeeds) {
  return { nowMs: clock.now(), machineTimezone };
}

function emptySchedule(): ScheduleFile {
  return { version: '2.0.0', tasks: {}, timings: {} };
}
