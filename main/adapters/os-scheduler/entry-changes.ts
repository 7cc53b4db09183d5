import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { EntryChange, OsGroup, OsScheduler, TranslateContext, Translation } from '../../ports/os-scheduler.ts';

export function failedChange(timingId: string, path: string, thrown: unknown): EntryChange {
  const code = thrown instanceof SchedulerError ? thrown.code : 'os/write-failed';
  return { timingId, path, change: 'failed', error: { code, message: messageOf(thrown) } };
}

export interface PlannedEntry {
  readonly group: OsGroup;
  readonly translation: Translation;
}

/**
 * Translates every group. A group that cannot be named or translated becomes a failure and does not stop the others.
 */
export function planEntries(
  groups: readonly OsGroup[],
  context: TranslateContext,
  translate: OsScheduler['translate'],
): { planned: PlannedEntry[]; failed: EntryChange[] } {
  const planned: PlannedEntry[] = [];
  const failed: EntryChange[] = [];
  for (const group of groups) {
    try {
      planned.push({ group, translation: translate(group, context) });
    } catch (error) {
      failed.push(failedChange(group.timingId, '', error));
    }
  }
  return { planned, failed };
}

/** Applies every group in turn. What fails becomes a change of its own and does not stop the others. */
export async function applyEach(
  groups: readonly OsGroup[],
  context: TranslateContext,
  translate: OsScheduler['translate'],
  applyOne: (entry: PlannedEntry) => Promise<EntryChange>,
): Promise<EntryChange[]> {
  const { planned, failed } = planEntries(groups, context, translate);
  const changes: EntryChange[] = [...failed];
  for (const entry of planned) changes.push(await applyOne(entry));
  return changes;
}

/** Removes every entry in turn. What fails becomes a change of its own and does not stop the others. */
export async function removeEach(
  timingIds: readonly string[],
  pathOf: (timingId: string) => string,
  removeOne: (path: string, timingId: string) => Promise<void>,
): Promise<EntryChange[]> {
  const changes: EntryChange[] = [];
  for (const timingId of timingIds) {
    let path = '';
    try {
      path = pathOf(timingId);
      await removeOne(path, timingId);
      changes.push({ timingId, change: 'removed', path });
    } catch (error) {
      changes.push(failedChange(timingId, path, error));
    }
  }
  return changes;
}
