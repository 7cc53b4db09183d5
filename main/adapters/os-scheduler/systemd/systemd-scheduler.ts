import { weekMs } from '../../../domain/timing/interval-spec.ts';
import type {
  Artifact,
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
} from '../../../ports/os-scheduler.ts';
import { complaint } from '../run-program.ts';
import type { CommandResult } from '../run-program.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { failedChange, planEntries } from '../entry-changes.ts';
import type { PlannedEntry } from '../entry-changes.ts';
import { readIfThere } from '../files.ts';
import { assertNothingMissed, READ_BACK_COUNT } from '../verify-entry.ts';
import { translateToSystemd } from './translate.ts';
import { assertOurs, deleteUnits, installedUnits, unitPaths, writeUnits } from './unit-store.ts';
import type { InstalledUnit } from './unit-store.ts';
import type { TimerState, UserManager } from './user-manager.ts';

export interface SystemdOptions {
  readonly manager: UserManager;
  /** Returns whether the person's manager runs without a login; null if that is not known. */
  readonly lingers: () => Promise<boolean | null>;
}

interface Written extends PlannedEntry {
  readonly change: 'installed' | 'updated' | 'unchanged';
  readonly path: string;
  readonly unit: string;
}

/** Schedules with systemd user timers: one timer and one service for each group, in `~/.config/systemd/user`. */
export class SystemdScheduler implements OsScheduler {
  readonly kind = 'systemd';
  readonly translate = translateToSystemd;
  readonly #manager: UserManager;
  readonly #lingers: () => Promise<boolean | null>;

  constructor(options: SystemdOptions) {
    this.#manager = options.manager;
    this.#lingers = options.lingers;
  }

  async capabilities(): Promise<OsSchedulerCapabilities> {
    const problem = await this.#manager.unavailable();
    if (problem !== null) {
      const note = `systemctl --user does not answer: ${problem}`;
      return { available: false, notes: [note], runsWhenLoggedOut: false, timezones: true };
    }
    const lingers = await this.#lingers();
    const note = 'Timers stop when you log out. Run "loginctl enable-linger" to keep them running.';
    return {
      available: true,
      notes: lingers === true ? [] : [note],
      runsWhenLoggedOut: lingers === true,
      timezones: true,
    };
  }

  async apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]> {
    const { planned, failed } = planEntries(groups, context, this.translate);
    const written: Written[] = [];
    for (const entry of planned) {
      const paths = unitPaths(entry.group.timingId, context);
      try {
        const isNew = readIfThere(paths.timer) === null;
        const changed = writeUnits(entry.translation.artifacts, context);
        const change = !changed ? 'unchanged' : isNew ? 'installed' : 'updated';
        written.push({ ...entry, change, path: paths.timer, unit: paths.unit });
      } catch (error) {
        failed.push(failedChange(entry.group.timingId, paths.timer, error));
      }
    }
    if (written.length === 0) return failed;
    try {
      return [...failed, ...(await this.#activate(written, context))];
    } catch (error) {
      return [...failed, ...written.map(({ group, path }) => failedChange(group.timingId, path, error))];
    }
  }

  async remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]> {
    const changes: EntryChange[] = [];
    const mine: { timingId: string; unit: string; timer: string; service: string }[] = [];
    for (const timingId of timingIds) {
      try {
        const paths = unitPaths(timingId, context);
        const texts = [paths.timer, paths.service].map((path) => [path, readIfThere(path)] as const);
        for (const [path, text] of texts) if (text !== null) assertOurs(path, text, context.namespace);
        mine.push({ timingId, ...paths });
      } catch (error) {
        changes.push(failedChange(timingId, '', error));
      }
    }
    return [...changes, ...(mine.length === 0 ? [] : await this.#removeOurs(mine, context))];
  }

  async list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const units = installedUnits(context.homeDir);
    const ours = units.filter((unit) => unit.marker?.namespace === context.namespace);
    const states = await this.#manager.timers(ours.map((unit) => `${unit.name}.timer`));
    const wantedNames = new Map(groups.map((group) => [unitPaths(group.timingId, context).timer, group]));
    const entries = ours.map((unit) => describeOurs(unit, groups, states.get(`${unit.name}.timer`), context));
    const foreign = units.filter(
      (unit) => !ours.includes(unit) && (unit.marker === null || wantedNames.has(unit.path)),
    );
    return [...entries, ...foreign.map((unit) => describeOther(unit, wantedNames.get(unit.path)))];
  }

  /** Removes nothing: ncp never wrote a unit. */
  async removeLegacy(_ids: readonly string[], _context: TranslateContext): Promise<EntryChange[]> {
    return [];
  }

  async readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]> {
    const { unit } = unitPaths(timingId, context);
    const timer = (await this.#manager.timers([unit])).get(unit);
    return this.#manager.elapses(timer?.calendar ?? [], fromMs, count);
  }

  async #activate(written: readonly Written[], context: TranslateContext): Promise<EntryChange[]> {
    const changed = written.filter((entry) => entry.change !== 'unchanged');
    const before = await this.#manager.timers(written.map((entry) => entry.unit));
    if (changed.length > 0 || [...before.values()].some((timer) => timer.outdated)) await this.#manager.reload();
    const idle = written.filter(({ unit }) => !isRunning(before.get(unit)));
    const stale = changed.filter((entry) => !idle.includes(entry));
    const answers: CommandResult[] = [];
    if (idle.length > 0) answers.push(await this.#manager.enable(idle.map((entry) => entry.unit)));
    if (stale.length > 0) answers.push(await this.#manager.restart(stale.map((entry) => entry.unit)));
    const refused = answers.filter((answer) => answer.exitCode !== 0).map(complaint);
    const after = await this.#manager.timers(written.map((entry) => entry.unit));
    const changes: EntryChange[] = [];
    for (const entry of written) {
      const touched = changed.includes(entry) || idle.includes(entry);
      changes.push(await this.#outcome(entry, after.get(entry.unit), touched, refused, context));
    }
    return changes;
  }

  /**
   * Returns the outcome of a changed entry, read back with systemd's own engine (docs/architecture.md, decision D4).
   */
  async #outcome(
    entry: Written,
    timer: TimerState | undefined,
    touched: boolean,
    refused: readonly string[],
    context: TranslateContext,
  ): Promise<EntryChange> {
    const { group, path } = entry;
    const change = entry.change === 'unchanged' && touched ? 'updated' : entry.change;
    try {
      if (timer === undefined || !isRunning(timer)) {
        const reason = refused.join('; ') || 'it is not active';
        throw new SchedulerError('os/systemd-refused', `systemd did not start ${entry.unit}: ${reason}`);
      }
      if (touched) {
        const fires = await this.#manager.elapses(timer.calendar, context.fromMs, READ_BACK_COUNT);
        assertNothingMissed(group.schedule, fires, context.fromMs);
      }
      return { timingId: group.timingId, change, path };
    } catch (error) {
      return failedChange(group.timingId, path, error);
    }
  }

  async #removeOurs(
    mine: readonly { timingId: string; unit: string; timer: string; service: string }[],
    context: TranslateContext,
  ): Promise<EntryChange[]> {
    try {
      const states = await this.#manager.timers(mine.map((entry) => entry.unit));
      const live = mine.filter(({ unit, timer }) => readIfThere(timer) !== null || isRunning(states.get(unit)));
      // A unit whose file was deleted cannot be disabled; the reload below makes systemd forget it.
      if (live.length > 0) await this.#manager.disable(live.map((entry) => entry.unit));
      for (const entry of mine) deleteUnits(entry, context);
      await this.#manager.reload();
      return mine.map(({ timingId, timer }) => ({ timingId, change: 'removed', path: timer }));
    } catch (error) {
      return mine.map(({ timingId, timer }) => failedChange(timingId, timer, error));
    }
  }
}

const isRunning = (timer: TimerState | undefined): boolean => timer !== undefined && timer.active && timer.enabled;

function describeOurs(
  unit: InstalledUnit,
  groups: readonly OsGroup[],
  timer: TimerState | undefined,
  context: TranslateContext,
): OsEntry {
  const timingId = unit.marker?.timingId ?? '';
  const group = groups.find((candidate) => candidate.timingId === timingId);
  const entry = { timingId, kind: 'systemd', key: unit.marker?.key ?? null, path: unit.path } as const;
  const detail = group === undefined ? 'No group uses this entry.' : difference(group, timer, context);
  return detail === null ? { ...entry, state: 'installed' } : { ...entry, state: 'drifted', detail };
}

function difference(group: OsGroup, timer: TimerState | undefined, context: TranslateContext): string | null {
  const different = differentFiles(group, context);
  const dates = different.length === 0 ? 'current' : agedDates(group, context);
  if (dates === 'ending')
    return `Its listed dates end within a week, and nothing has renewed them. After that, it starts more often than the schedule asks. "ncp-scheduler os sync" renews them.`;
  if (dates === null) {
    return `${different.map(({ path }) => path).join(' and ')} differs from what NCP Scheduler would write.`;
  }
  if (timer === undefined || timer.outdated) return 'systemd has not read the file yet.';
  if (!timer.enabled) return 'The timer is not enabled: it would not start at the next login.';
  return timer.active ? null : 'The timer is not active.';
}

const differentFiles = (group: OsGroup, context: TranslateContext): Artifact[] =>
  translateToSystemd(group, context).artifacts.filter(({ path, content }) => readIfThere(path) !== content);

/**
 * Returns how old the listed dates of an interval are: `current` if they were written last week and still reach two weeks
 * ahead; null if the files are not what was written in the last two weeks.
 */
function agedDates(group: OsGroup, context: TranslateContext): 'current' | 'ending' | null {
  if (group.schedule.kind !== 'interval') return null;
  const wasWritten = (weeks: number): boolean =>
    differentFiles(group, { ...context, fromMs: context.fromMs - weeks * weekMs }).length === 0;
  if (wasWritten(1)) return 'current';
  return wasWritten(2) ? 'ending' : null;
}

function describeOther(unit: InstalledUnit, wantedBy: OsGroup | undefined): OsEntry {
  return {
    timingId: wantedBy?.timingId ?? unit.name.slice('ncp-scheduler-'.length),
    kind: 'systemd',
    state: 'foreign',
    key: unit.marker?.key ?? null,
    path: unit.path,
    detail: 'A timer with a name of NCP Scheduler that this installation did not write.',
  };
}
