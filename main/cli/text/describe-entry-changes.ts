import type { OsEntryChange } from '../../contract/os-entries.ts';
import { exitCodes } from '../../contract/exit-codes.ts';
import type { TextView } from './view.ts';

/** Shows what became of each entry. @param nothing what to say where there is none */
export function describeEntryChanges(changes: readonly OsEntryChange[], view: TextView, nothing: string) {
  return view.table(
    changes,
    [
      { title: 'GROUP', cell: ({ timingId }) => view.plain(timingId), whole: true },
      { title: 'CHANGE', cell: ({ change }) => view.status(change) },
      { title: 'PATH', cell: ({ path }) => view.plain(path) },
      { title: 'ERROR', cell: ({ error }) => view.plain(error?.message ?? '') },
    ],
    nothing,
  );
}

/** Returns 5 if the OS scheduler refused one of the changes, otherwise 0. */
export function exitCodeOfChanges(changes: readonly OsEntryChange[]): number {
  return changes.some(({ change }) => change === 'failed') ? exitCodes.osScheduler : exitCodes.done;
}
