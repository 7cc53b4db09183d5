import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { EntryChange, OsGroup, Translation } from '../../ports/os-scheduler.ts';

export function failedChange(timingId: string, path: string, thrown: unknown): EntryChange {
  const code = thrown instanceof SchedulerError ? thrown.code : 'os/write-failed';
  return { timingId, path, change: 'failed', error: { code, message: messageOf(thrown) } };
}

export interface PlannedEntry {
  readonly group: OsGroup;
  readonly translation: Translation;
}

/** Translates every group; one that cannot be named or described becomes a failure and does not stop the others. */
export function planEntries(
  groups: readonly OsGroup[],
  translate: (group: OsGroup) => Translation,
): { planned: PlannedEntry[]; failed: EntryChange[] } {
  const planned: PlannedEntry[] = [];
  const failed: EntryChange[] = [];
  for (const group of groups) {
    try {
      planned.push({ group, translation: translate(group) });
    } catch (error) {
      failed.push(failedChange(group.timingId, '', error));
    }
  }
  return { planned, failed };
}
