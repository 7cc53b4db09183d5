import { SchedulerError } from '../errors.ts';

/**
 * Most entries of one file that is imported: twice as many as the largest schedule that is measured. Each becomes a task with
 * slots and an entry of its own, so a file without a bound could keep the program busy for hours.
 */
export const mostImported = 20_000;

/** @throws SchedulerError `usage/import-too-large` for more entries than one import takes */
export function refuseTooMany(entries: number): void {
  if (entries <= mostImported) return;
  throw new SchedulerError(
    'usage/import-too-large',
    `The file has more than 20,000 entries, which is the most for one import. Divide it into smaller files. Nothing was imported.`,
    { most: mostImported },
  );
}
