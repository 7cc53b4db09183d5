import type { OtherPlace } from '../../../contract/other-jobs.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { FoundJob, FoundJobs, Unread } from '../../../ports/other-schedulers.ts';

/** Jobs of one place that are listed. A crontab of more lines was written by a program. */
export const mostJobs = 5000;
const longestOriginal = 4000;

/** Collects what the readers of this folder find. */
export class Gathered implements FoundJobs {
  readonly jobs: FoundJob[] = [];
  readonly unread: Unread[] = [];

  /** Adds jobs up to the limit, and says how many are left out. */
  add(place: OtherPlace, what: string, jobs: readonly FoundJob[]): void {
    for (const job of jobs.slice(0, mostJobs)) this.jobs.push(job);
    if (jobs.length > mostJobs)
      this.miss(place, what, `It has ${jobs.length} jobs. Only the first ${mostJobs} are listed.`);
  }

  miss(place: OtherPlace, what: string, reason: string): void {
    this.unread.push({ place, what, reason });
  }

  /** Returns what `read` returns; null if it throws, with the reason among what could not be read. */
  attempt<T>(place: OtherPlace, what: string, read: () => T): T | null {
    try {
      return read();
    } catch (problem) {
      this.miss(place, what, messageOf(problem));
      return null;
    }
  }
}

/** Returns a text as it is shown as the original: cut if it is long. */
export function shownOriginal(text: string): string {
  return text.length <= longestOriginal ? text : `${text.slice(0, longestOriginal)}…`;
}

/** A result that nothing is known about. */
export const unknownResult = (detail: string, atMs: number | null = null): FoundJob['last'] => ({
  atMs,
  result: 'unknown',
  detail,
});
