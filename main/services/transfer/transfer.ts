import type {
  ExportDocument,
  FoundElsewhere,
  GroupTarget,
  ImportChange,
  FileKind,
  ImportOptions,
  ImportReport,
  InstalledKind,
} from '../../contract/transfer.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { GroupArtifacts, GroupExporter } from '../../ports/group-exporter.ts';
import type { SchedulerReading, ImportFiles } from '../../ports/import-files.ts';
import { assertWritable } from '../schedule/writable.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { findTiming } from '../schedule/task-lookup.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { checkDefinition, type MachineChecks } from '../tasks/task-checks.ts';
import { ExportMark } from './export-mark.ts';
import { exportSchedule, partOf, usedSettings } from './export-schedule.ts';
import type { ExportFacts } from './export-schedule.ts';
import { otherSchedulerSource, pausedNote } from './other-scheduler-source.ts';
import { importSettings } from './import-settings.ts';
import type { ImportedSettings } from './import-settings.ts';
import { ImportRun, type ImportRunNeeds } from './import-run.ts';
import type { ImportCandidate, ImportSource } from './import-source.ts';
import { importTasks } from './import-tasks.ts';
import type { ImportContext, ImportedTask, ImportedTasks } from './import-tasks.ts';
import { readOwnDocument } from './own-document.ts';
import { fillSecrets } from './secrets.ts';
import { foundElsewhere } from './found-elsewhere.ts';
import { assertMovable, moveTasks, renamed } from './move-tasks.ts';
import type { MoveChange, OtherSides } from './move-tasks.ts';
import { readServerFiles } from './server-files.ts';

export interface TransferNeeds extends ImportRunNeeds, OtherSides {
  readonly ledger: ImportRunNeeds['ledger'] & RunStates & Marks & WriteLock;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly checks: MachineChecks;
  readonly files: ImportFiles;
  readonly groups: GroupExporter;
  readonly facts: ExportFacts;
  readonly newId: () => string;
}

export interface ExportOptions {
  /** True keeps the values of secrets in the file. */
  readonly withSecrets: boolean;
  /** Only these tasks. @default all */
  readonly taskIds?: readonly string[] | undefined;
}

/** Exports the schedule as one file, and imports files. */
export class Transfer {
  readonly #needs: TransferNeeds;
  readonly #mark: ExportMark;

  constructor(needs: TransferNeeds) {
    this.#needs = needs;
    this.#mark = new ExportMark(needs.ledger);
  }

  /**
   * Returns the whole schedule with its settings; or only some tasks with their groups, without settings.
   * @throws SchedulerError `store/unreadable`, `store/newer`, `store/config-unreadable`
   */
  exported(options: ExportOptions): { document: ExportDocument; warnings: readonly string[] } {
    const { store, settings, ledger, facts } = this.#needs;
    const { taskIds } = options;
    const whole = store.read();
    const file = taskIds === undefined ? whole : partOf(whole, taskIds);
    const runState = ledger.runState(Object.keys(file.tasks));
    const { document, warnings } = exportSchedule({
      file,
      settings: taskIds === undefined ? settings.read() : usedSettings(file, settings.read()),
      runState,
      facts,
      atIso: this.#needs.clock.nowIso(),
      withSecrets: options.withSecrets,
    });
    const mark = this.#mark.of(document);
    return { document: { ...document, ...(mark !== undefined && { mark }) }, warnings };
  }

  /**
   * Returns what another scheduler needs to run the tasks of a group without this app.
   * @throws SchedulerError `timing/not-found`
   */
  exportedGroup(timingId: string, target: GroupTarget): GroupArtifacts {
    const file = this.#needs.store.read();
    const timing = findTiming(file, timingId);
    const all = timing.taskIds.flatMap((id) => file.tasks[id] ?? []);
    const tasks = all.filter(({ tool, status }) => tool === 'shell:run' && status !== 'completed');
    const left = all.filter((task) => !tasks.includes(task));
    const exported = this.#needs.groups.exportGroup(target, { timing, schedule: specOf(timing), tasks });
    const reasons = left.map(({ name, tool, status }) =>
      status === 'completed'
        ? `"${name}" is left out: it is completed.`
        : `"${name}" is left out: ${tool} runs only in NCP Scheduler.`,
    );
    return { ...exported, notes: [...exported.notes, ...reasons] };
  }

  /**
   * Reads a file of any kind that can be imported. Changes nothing.
   * @param kind null detects the kind by the content
   * @throws SchedulerError `usage/import-unreadable`, `usage/import-newer`, `usage/import-unknown-kind`
   */
  async read(path: string, kind: FileKind | null): Promise<ImportSource> {
    return this.#sourceOf(await this.#needs.files.read(path, kind));
  }

  /** As `read`, for what a program sent. @param name what to call it @throws as `read` */
  async readContent(content: Uint8Array, name: string, kind: FileKind | null): Promise<ImportSource> {
    return this.#sourceOf(await this.#needs.files.readContent(content, name, kind));
  }

  #sourceOf(file: Awaited<ReturnType<ImportFiles['read']>>): ImportSource {
    if (file.kind === 'ncp-scheduler') return readOwnDocument(file.text, (document) => this.#mark.isOf(document));
    return file.kind === 'mcp-servers' ? readServerFiles(file.files, true) : this.#foreign(file, true);
  }

  /**
   * Reads what a scheduler of this machine runs for the user, without our own entries, or the MCP servers that the
   * user's other programs have configured. Changes nothing.
   * @throws SchedulerError `os/…`, `usage/import-unreadable`
   */
  async installed(kind: InstalledKind): Promise<ImportSource> {
    const found = await this.#needs.files.installed(kind);
    return found.kind === 'mcp-servers' ? readServerFiles(found.files, false) : this.#foreign(found, false);
  }

  /** Returns what the other schedulers of this machine hold for the user. Changes nothing. */
  found(): Promise<FoundElsewhere[]> {
    return foundElsewhere(this.#needs.facts.platform, (kind) => this.installed(kind));
  }

  /** Returns what `apply` would do now with the same options. Changes nothing. */
  async preview(read: ImportSource, options: ImportOptions): Promise<ImportReport> {
    const source = renamed(this.#filled(read), options);
    assertMovable(source, options);
    const settings = importSettings(source, this.#needs.settings.read(), options);
    const draft = structuredClone(this.#needs.store.read());
    const tasks = importTasks(draft, source, options, await this.#context(source, settings));
    return reportOf(source, options, null, settings, tasks);
  }

  /**
   * Imports the settings first, because tasks may need their servers; then all tasks in one transaction, each with its
   * audit event.
   * @throws SchedulerError `store/…`; the schedule is then unchanged.
   */
  async apply(read: ImportSource, options: ImportOptions, author: string): Promise<ImportReport> {
    const { store, settings } = this.#needs;
    const source = renamed(this.#filled(read), options);
    assertMovable(source, options);
    const planned = importSettings(source, settings.read(), options);
    const context = await this.#context(source, planned);
    const run = new ImportRun(this.#needs, { id: this.#needs.newId(), author });
    // Checked before the settings change, so that a refusal does not leave half an import.
    assertWritable(store);
    run.changeSettings(planned);
    const tasks = store.update((draft) => {
      const done = importTasks(draft, source, options, context);
      run.recordTasks(done.imported);
      return done;
    });
    run.changeAlerts(planned, source, tasks.ids);
    const isChanged = tasks.imported.length > 0 || Object.keys(planned.change).length > 0;
    const report = reportOf(source, options, isChanged ? run.id : null, planned, tasks);
    const warnings = await this.#install(tasks.imported);
    if (!options.move || tasks.imported.length === 0) return { ...report, warnings };
    const move = await this.#moveTasks(source, tasks.imported, { batch: run.id, author });
    return { ...report, ...move, changes: move.changed(report.changes), warnings: [...warnings, ...move.warnings] };
  }

  #moveTasks(source: ImportSource, imported: readonly ImportedTask[], change: Omit<MoveChange, 'at'>) {
    const { store, ledger, crontab, agentSchedules, clock, sync } = this.#needs;
    return moveTasks({ store, ledger, crontab, agentSchedules, sync }, source, imported, {
      ...change,
      at: clock.nowIso(),
    });
  }

  #foreign(reading: SchedulerReading, elsewhere: boolean): ImportSource {
    return otherSchedulerSource(reading, { elsewhere, nowMs: this.#needs.clock.now(), newId: this.#needs.newId });
  }

  /** Replaces references by the values at the same places here. */
  #filled(read: ImportSource): ImportSource {
    if (read.secrets.length === 0) return read;
    const settings = structuredClone(read.settings);
    const candidates = read.candidates.map((candidate) => ({ ...candidate, task: structuredClone(candidate.task) }));
    const tasks = Object.fromEntries(candidates.map(({ task }) => [task.id, task]));
    const present = { settings: this.#needs.settings.read(), tasks: this.#needs.store.read().tasks };
    const secrets = fillSecrets({ settings, tasks }, present, read.secrets);
    return { ...read, settings, candidates, secrets };
  }

  async #context(source: ImportSource, settings: ImportedSettings): Promise<ImportContext> {
    const { clock, newId, facts } = this.#needs;
    const found = await Promise.all(
      source.candidates.map(
        async (candidate) =>
          [
            candidate.key,
            [...missingSecrets(candidate, source), ...(await this.#problemsOf(candidate, settings))],
          ] as const,
      ),
    );
    return { nowMs: clock.now(), machineTimezone: facts.timezone, newId, problems: new Map(found) };
  }

  /** Returns what this machine lacks for a task. Servers of the same import count as present. */
  async #problemsOf({ task }: ImportCandidate, { change }: ImportedSettings): Promise<string[]> {
    const coming = new Set(Object.keys(change.mcpServers ?? {}));
    const { checks } = this.#needs;
    const calendars = Object.keys(change.calendars ?? {});
    const calendarProblems: MachineChecks['calendarProblems'] = (names) =>
      checks.calendarProblems(names.filter((name) => !calendars.includes(name)));
    const toolProblems: MachineChecks['toolProblems'] = (tool, parameters) =>
      coming.has(tool.split(':', 1)[0] ?? '') ? [] : checks.toolProblems(tool, parameters);
    const serverProblems: MachineChecks['serverProblems'] = (names) =>
      checks.serverProblems(names.filter((name) => !coming.has(name)));
    try {
      await checkDefinition(task, { ...checks, toolProblems, serverProblems, calendarProblems });
      return [];
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      const { fields } = problem.details;
      return Array.isArray(fields) ? fields.map((field: { message: string }) => field.message) : [problem.message];
    }
  }

  /** Definitions are kept even if the OS refuses their entries; `doctor` and `os sync` can fix the entries later. */
  async #install(imported: readonly ImportedTask[]): Promise<string[]> {
    const timings = imported.flatMap(({ before, after }) => [
      after.timingId,
      ...(before === null ? [] : [before.timingId]),
    ]);
    if (timings.length === 0) return [];
    try {
      await this.#needs.sync.ensure([...new Set(timings)]);
      return [];
    } catch (refusal) {
      return [messageOf(refusal)];
    }
  }
}

function missingSecrets({ task }: ImportCandidate, { secrets }: ImportSource): string[] {
  return secrets
    .filter(({ at }) => at[0] === 'tasks' && at[1] === task.id)
    .map(
      ({ reference, at }) =>
        `Its ${at.slice(2).join('.')} has no value in the file (${reference}). Add that secret in the settings, or enter the value there.`,
    );
}

function reportOf(
  source: ImportSource,
  { move }: Pick<ImportOptions, 'move'>,
  importId: string | null,
  settings: ImportedSettings,
  tasks: ImportedTasks,
): ImportReport {
  const changes: ImportChange[] = [...tasks.changes, ...settings.changes];
  const paused = move ? null : pausedNote(source);
  return {
    kind: source.kind,
    elsewhere: source.elsewhere,
    importId,
    changes,
    notes: [...(paused === null ? [] : [paused]), ...source.notes],
    moved: null,
    warnings: [],
  };
}
