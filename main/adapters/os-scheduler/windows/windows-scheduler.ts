import { SchedulerError } from '../../../domain/errors.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
} from '../../../ports/os-scheduler.ts';
import { applyEach, failedChange, removeEach } from '../entry-changes.ts';
import type { PlannedEntry } from '../entry-changes.ts';
import { assertNothingMissed, READ_BACK_COUNT } from '../verify-entry.ts';
import { windowsFires } from './evaluate.ts';
import { readTask } from './installed-task.ts';
import type { InstalledTask } from './installed-task.ts';
import type { Schtasks } from './schtasks.ts';
import { TASK_FOLDER, taskPath, translateToWindows } from './translate.ts';

/** Names of tasks of the earlier product, ncp: in the root folder, or in its own folder. */
const LEGACY_PREFIXES = ['\\NCP_', '\\NCP\\'];

/** Schedules with Windows Task Scheduler: tasks of the current person in their own folder. */
export class WindowsScheduler implements OsScheduler {
  readonly kind = 'windows';
  readonly translate = translateToWindows;
  readonly #schtasks: Schtasks;

  constructor(schtasks: Schtasks) {
    this.#schtasks = schtasks;
  }

  async capabilities(): Promise<OsSchedulerCapabilities> {
    const problem = await this.#schtasks.unavailable();
    const notes =
      problem === null
        ? ['Tasks run only while you are logged on.']
        : [`schtasks does not answer: ${problem.replace(/\.?$/, '.')}`];
    return { available: problem === null, notes, runsWhenLoggedOut: false, timezones: false };
  }

  async apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]> {
    return applyEach(groups, context, this.translate, (entry) => this.#applyOne(entry, context));
  }

  async remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]> {
    return removeEach(
      timingIds,
      (timingId) => taskPath(timingId, context.namespace),
      async (path) => {
        if ((await this.#ours(path, context)) !== null) await this.#schtasks.delete(path);
      },
    );
  }

  async list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const entries: OsEntry[] = [];
    for (const path of await this.#schtasks.names()) {
      if (legacyId(path) !== null) entries.push(legacyEntry(path));
      else if (path.startsWith(TASK_FOLDER)) entries.push(...(await this.#describe(path, groups, context)));
    }
    return entries;
  }

  async removeLegacy(ids: readonly string[], _context: TranslateContext): Promise<EntryChange[]> {
    const changes: EntryChange[] = [];
    for (const path of (await this.#schtasks.names()).filter((name) => ids.includes(legacyId(name) ?? ''))) {
      const timingId = legacyId(path) ?? '';
      try {
        await this.#schtasks.delete(path);
        changes.push({ timingId, change: 'removed', path });
      } catch (error) {
        changes.push(failedChange(timingId, path, error));
      }
    }
    return changes;
  }

  async readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]> {
    const xml = await this.#schtasks.xml(taskPath(timingId, context.namespace));
    return xml === null ? [] : windowsFires(xml, context.machineTimezone, fromMs, { count });
  }

  async #applyOne({ group, translation }: PlannedEntry, context: TranslateContext): Promise<EntryChange> {
    const { timingId } = group;
    const path = taskPath(timingId, context.namespace);
    try {
      const present = await this.#ours(path, context);
      const content = translation.artifacts[0]?.content ?? '';
      if (present !== null && difference(present, content) === null) return { timingId, change: 'unchanged', path };
      await this.#schtasks.create(path, content);
      const installed = await this.#ours(path, context);
      const problem = installed === null ? 'it does not exist' : difference(installed, content);
      if (problem !== null)
        throw new SchedulerError('os/schtasks-refused', `Task Scheduler did not store ${path} as written: ${problem}.`);
      const fires = await this.readBack(timingId, context.fromMs, READ_BACK_COUNT, context);
      assertNothingMissed(group.schedule, fires, context.fromMs);
      return { timingId, change: present === null ? 'installed' : 'updated', path };
    } catch (error) {
      return failedChange(timingId, path, error);
    }
  }

  /** Returns the task of this name, or null if there is none. @throws SchedulerError `os/foreign-entry` */
  async #ours(path: string, context: TranslateContext): Promise<InstalledTask | null> {
    const xml = await this.#schtasks.xml(path);
    if (xml === null) return null;
    const task = readTask(xml);
    if (task?.marker?.namespace === context.namespace) return task;
    throw new SchedulerError(
      'os/foreign-entry',
      `The task ${path} was not written by this installation of NCP Scheduler, so it was not changed. Rename or remove it, then run "ncp-scheduler os sync".`,
      { path },
    );
  }

  async #describe(path: string, groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const task = readTask((await this.#schtasks.xml(path)) ?? '');
    const wantedHere = groups.find((group) => taskPath(group.timingId, context.namespace) === path);
    if (task?.marker?.namespace !== context.namespace) {
      if (task?.marker && wantedHere === undefined) return [];
      return [foreignEntry(path, wantedHere?.timingId, task)];
    }
    const { timingId, key } = task.marker;
    const entry = { timingId, kind: 'windows', key, path } as const;
    const group = groups.find((candidate) => candidate.timingId === timingId);
    const detail =
      group === undefined
        ? 'No group uses this entry.'
        : difference(task, translateToWindows(group, context).artifacts[0]?.content ?? '');
    return [detail === null ? { ...entry, state: 'installed' } : { ...entry, state: 'drifted', detail }];
  }
}

/** Returns how an installed task differs from the expected one; null if it does not. */
function difference(task: InstalledTask, wantedXml: string): string | null {
  const wanted = readTask(wantedXml);
  if (wanted === null) return 'the wanted task could not be read';
  if (!task.enabled) return 'The task is disabled.';
  if (task.command !== wanted.command || task.arguments !== wanted.arguments) return 'It runs another command.';
  if (task.triggers !== wanted.triggers) return 'Its triggers differ from the expected ones.';
  const sameMarker = JSON.stringify(task.marker) === JSON.stringify(wanted.marker);
  return sameMarker ? null : 'It belongs to another schedule or another version.';
}

function legacyId(path: string): string | null {
  const prefix = LEGACY_PREFIXES.find((candidate) => path.startsWith(candidate));
  return prefix === undefined ? null : path.slice(prefix.length);
}

function legacyEntry(path: string): OsEntry {
  const detail = 'A task of the earlier ncp scheduler.';
  return { timingId: legacyId(path) ?? '', kind: 'windows', state: 'legacy', key: null, path, detail };
}

function foreignEntry(path: string, wantedBy: string | undefined, task: InstalledTask | null): OsEntry {
  return {
    timingId: wantedBy ?? path.slice(TASK_FOLDER.length).replace(/^ncp-scheduler-/, ''),
    kind: 'windows',
    state: 'foreign',
    key: task?.marker?.key ?? null,
    path,
    detail: 'A task in the folder of NCP Scheduler that this installation did not write.',
  };
}
