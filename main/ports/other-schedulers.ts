import type { OtherPlace, OtherResult } from '../contract/other-jobs.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

/** A job as another scheduler describes it. */
export interface FoundJob {
  readonly place: OtherPlace;
  /** Where it was found: `line 4`, `backup.timer`. An importer of the same scheduler uses the same text. */
  readonly source: string;
  readonly name: string;
  readonly command: string | null;
  /** The user as whom it runs; null for the person. */
  readonly runsAs: string | null;
  /** Empty if it does not run by the clock, or if cron expressions cannot express its times. */
  readonly schedules: readonly ScheduleSpec[];
  /** What starts it, in words, if `schedules` is empty. */
  readonly trigger: string | null;
  /** The schedule as it is written there. */
  readonly written: string;
  readonly original: string;
  /** Epoch ms, as the scheduler says; null if it says that there is none, undefined if it does not say. */
  readonly nextMs: number | null | undefined;
  /** Epoch ms since which a time without a run is one that was missed; null if the scheduler does not record runs. */
  readonly watchedFromMs: number | null;
  /** How late a run may be, in ms. */
  readonly graceMs: number;
  readonly last: FoundResult;
  /** Why it does not run as it is now; null if it runs. */
  readonly stopped: string | null;
}

export interface FoundResult {
  /** Epoch ms; null if unknown. */
  readonly atMs: number | null;
  readonly result: OtherResult;
  /** In words: `exit code 3`. */
  readonly detail: string;
}

/** Something that could not be read. */
export interface Unread {
  readonly place: OtherPlace;
  /** A file or a program. */
  readonly what: string;
  readonly reason: string;
}

export interface FoundJobs {
  readonly jobs: readonly FoundJob[];
  readonly unread: readonly Unread[];
}

/** The schedulers of this machine, without the entries of this app and of ncp. Read-only. */
export interface OtherSchedulers {
  /** Never rejects because of a scheduler: what cannot be read is part of the answer. */
  find(): Promise<FoundJobs>;
}
