import { rmSync } from 'node:fs';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  OsSchedulerCapabilities,
  TranslateContext,
} from '../../../ports/os-scheduler.ts';
import { isCurrent } from '../dated-plan.ts';
import { failedChange, planEntries } from '../entry-changes.ts';
import type { PlannedEntry } from '../entry-changes.ts';
import { readIfThere } from '../files.ts';
import { replaceFile } from '../replace-file.ts';
import { assertNothingMissed, READ_BACK_COUNT } from '../verify-entry.ts';
import { launcherPath } from './cron-command.ts';
import type { Crontab } from './crontab.ts';
import { joinCrontab, legacyCrontabEntries, splitCrontab, withoutLegacyEntries } from './crontab-text.ts';
import type { CrontabEntry } from './crontab-text.ts';
import { cronFires } from './evaluate.ts';
import { CRONTAB, translateToCron } from './translate.ts';

export interface CronOptions {
  readonly crontab: Crontab;
  /** Returns whether a cron daemon runs; null if that is not known. */
  readonly daemonRuns: () => Promise<boolean | null>;
}

/** Schedules with crontab: one marked block in the person's own crontab. */
export class CronScheduler implements OsScheduler {
  readonly kind = 'cron';
  readonly translate = translateToCron;
  readonly #crontab: Crontab;
  readonly #daemonRuns: () => Promise<boolean | null>;

  constructor(options: CronOptions) {
    this.#crontab = options.crontab;
    this.#daemonRuns = options.daemonRuns;
  }

  async capabilities(): Promise<OsSchedulerCapabilities> {
    const always = { runsWhenLoggedOut: true, timezones: false };
    try {
      await this.#crontab.read();
    } catch (error) {
      return { ...always, available: false, notes: [messageOf(error)] };
    }
    if ((await this.#daemonRuns()) === false) {
      return { ...always, available: false, notes: ['The cron daemon is not running.'] };
    }
    return { ...always, available: true, notes: [] };
  }

  async apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]> {
    const { planned, failed } = planEntries(groups, context, this.translate);
    if (planned.length === 0) return failed;
    try {
      const changes = new Map<string, EntryChange['change']>();
      writeLauncher(planned);
      await this.#crontab.update((text) => {
        const parts = splitCrontab(text, context.namespace);
        const merged = mergeEntries(parts.entries ?? [], planned, changes);
        return joinCrontab(parts, merged, context.namespace);
      });
      const installed = await this.#entries(context);
      const outcomes = planned.map((entry) => outcome(entry, installed, changes, context));
      return [...failed, ...outcomes];
    } catch (error) {
      return [...failed, ...planned.map(({ group }) => failedChange(group.timingId, CRONTAB, error))];
    }
  }

  async remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]> {
    try {
      let left = 0;
      await this.#crontab.update((text) => {
        const parts = splitCrontab(text, context.namespace);
        const kept = (parts.entries ?? []).filter((entry) => !timingIds.includes(entry.timingId));
        left = kept.length;
        return parts.entries === null ? text : joinCrontab(parts, kept, context.namespace);
      });
      if (left === 0) rmSync(launcherPath(context), { force: true });
      return timingIds.map((timingId) => ({ timingId, change: 'removed', path: CRONTAB }));
    } catch (error) {
      return timingIds.map((timingId) => failedChange(timingId, CRONTAB, error));
    }
  }

  async list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]> {
    const text = (await this.#crontab.read()) ?? '';
    const entries = splitCrontab(text, context.namespace).entries ?? [];
    const legacy = legacyCrontabEntries(text).map(({ id, line }): OsEntry => {
      return { timingId: id, kind: 'cron', state: 'legacy', key: null, path: CRONTAB, detail: line };
    });
    return [...entries.map((entry) => describe(entry, groups, context)), ...legacy];
  }

  async removeLegacy(ids: readonly string[], _context: TranslateContext): Promise<EntryChange[]> {
    try {
      await this.#crontab.update((text) => withoutLegacyEntries(text, ids));
      return ids.map((timingId) => ({ timingId, change: 'removed', path: CRONTAB }));
    } catch (error) {
      return ids.map((timingId) => failedChange(timingId, CRONTAB, error));
    }
  }

  async readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]> {
    const entry = (await this.#entries(context)).find((candidate) => candidate.timingId === timingId);
    return entry === undefined ? [] : firesOf(entry, fromMs, count, context);
  }

  async #entries(context: TranslateContext): Promise<readonly CrontabEntry[]> {
    return splitCrontab((await this.#crontab.read()) ?? '', context.namespace).entries ?? [];
  }
}

/** Returns the text with one character per byte, as the crontab is held. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const linesOf = ({ translation }: PlannedEntry): string =>
  asBytes(translation.artifacts.find(({ path }) => path === CRONTAB)?.content ?? '');

function firesOf(entry: CrontabEntry, fromMs: number, count: number, context: TranslateContext): number[] {
  // `@reboot` has no times.
  const lines = entry.text.split('\n').filter((line) => line !== '' && !/^[#@]/.test(line));
  return cronFires(lines, context.machineTimezone, fromMs, { count });
}

/** Merges entries: existing ones keep their places, new ones come last. */
function mergeEntries(
  present: readonly CrontabEntry[],
  planned: readonly PlannedEntry[],
  changes: Map<string, EntryChange['change']>,
): { text: string }[] {
  const wanted = new Map(planned.map((entry) => [entry.group.timingId, linesOf(entry)]));
  const merged: { text: string }[] = [];
  for (const entry of present) {
    const text = wanted.get(entry.timingId);
    if (text === undefined) {
      if (!changes.has(entry.timingId)) merged.push(entry);
      continue;
    }
    merged.push({ text });
    changes.set(entry.timingId, text === entry.text ? 'unchanged' : 'updated');
    wanted.delete(entry.timingId);
  }
  for (const [timingId, text] of wanted) {
    merged.push({ text });
    changes.set(timingId, 'installed');
  }
  return merged;
}

function writeLauncher(planned: readonly PlannedEntry[]): void {
  const launcher = planned.flatMap(({ translation }) => translation.artifacts).find(({ path }) => path !== CRONTAB);
  if (launcher !== undefined && readIfThere(launcher.path) !== launcher.content) {
    replaceFile(launcher.path, launcher.content, 0o700);
  }
}

function outcome(
  entry: PlannedEntry,
  installed: readonly CrontabEntry[],
  changes: ReadonlyMap<string, EntryChange['change']>,
  context: TranslateContext,
): EntryChange {
  const { group } = entry;
  const { timingId } = group;
  try {
    const found = installed.find((candidate) => candidate.timingId === timingId);
    if (found?.text !== linesOf(entry)) {
      throw new SchedulerError(
        'os/crontab-write-failed',
        'The crontab does not contain the lines that were written. Check whether another program edits it, then run "ncp-scheduler os sync".',
      );
    }
    const fires = firesOf(found, context.fromMs, READ_BACK_COUNT, context);
    assertNothingMissed(group.schedule, fires, context.fromMs);
    return { timingId, change: changes.get(timingId) ?? 'unchanged', path: CRONTAB };
  } catch (error) {
    return failedChange(timingId, CRONTAB, error);
  }
}

function describe(entry: CrontabEntry, groups: readonly OsGroup[], context: TranslateContext): OsEntry {
  const { timingId, key } = entry;
  const described = { timingId, kind: 'cron', key, path: CRONTAB } as const;
  const group = groups.find((candidate) => candidate.timingId === timingId);
  if (group === undefined) return { ...described, state: 'drifted', detail: 'No group uses this entry.' };
  const translation = translateToCron(group, context);
  const isAsWritten = (written: TranslateContext): boolean =>
    linesOf({ group, translation: translateToCron(group, written) }) === entry.text;
  if (!isCurrent(group, context, isAsWritten)) {
    return { ...described, state: 'drifted', detail: 'Its lines differ from the expected ones.' };
  }
  const launcher = translation.artifacts.find(({ path }) => path !== CRONTAB);
  if (launcher !== undefined && readIfThere(launcher.path) !== launcher.content) {
    return { ...described, state: 'drifted', detail: `${launcher.path} differs from the expected file.` };
  }
  return { ...described, state: 'installed' };
}
