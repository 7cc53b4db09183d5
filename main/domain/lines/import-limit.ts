import { SchedulerError } from '../errors.ts';

/**
 * Most entries that are read from a file of another scheduler, or from the scheduler of this machine: twice as many as the
 * largest schedule that is measured. Each becomes a task with slots and an entry of its own, so a file without a bound
 * could keep the program busy for hours. Our own documents have no such limit: what was exported can be imported.
 */
export const mostImported = 20_000;

/** The same for people. */
export const mostImportedText = new Intl.NumberFormat('en').format(mostImported);

/** @throws SchedulerError `usage/import-too-large` for more entries than are read at once */
export function refuseTooMany(entries: number): void {
  if (entries <= mostImported) return;
  throw new SchedulerError(
    'usage/import-too-large',
    `There are more than ${mostImportedText} entries, which is the most that can be read at once. Divide them into smaller parts.`,
    { most: mostImported },
  );
}
