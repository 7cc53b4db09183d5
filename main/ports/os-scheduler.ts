import type { OsSchedulerKind } from '../contract/settings.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

/** A timing group as an adapter needs it. */
export interface OsGroup {
  readonly timingId: string;
  /** Canonical identity (cron + zone, or the instant): goes into the entry's marker. */
  readonly key: string;
  /** For people: the entry's description. One line. */
  readonly description: string;
  readonly schedule: ScheduleSpec;
}

/** What an entry calls, and where. Part of every translation so that `translate` stays pure. */
export interface TranslateContext {
  /** Absolute executable, then fixed arguments; `_timing-run <timing-id>` is appended by the adapter. */
  readonly command: readonly string[];
  /** The entry's own environment: PATH, HOME and ours. Nothing is inherited from a shell. */
  readonly env: Readonly<Record<string, string>>;
  /** IANA zone the OS scheduler itself uses. */
  readonly machineTimezone: string;
  /** Epoch ms: explicit dates (DST repairs, one-shots) are computed from here. */
  readonly fromMs: number;
  readonly homeDir: string;
  /** Names of entries contain it, so that two data directories never share an entry. Empty for the default one. */
  readonly namespace: string;
}

export interface Artifact {
  /** Absolute path of a file, or a name such as `crontab` where it is not a file of its own. */
  readonly path: string;
  readonly content: string;
}

export interface Translation {
  readonly artifacts: readonly Artifact[];
  /** `superset`: fires at every slot and at other times too; `_timing-run` then finds nothing due. */
  readonly covers: 'exact' | 'superset';
  /** Sentences for people: what could not be said and what is done instead. */
  readonly notes: readonly string[];
}

export interface OsEntry {
  readonly timingId: string;
  readonly kind: OsSchedulerKind;
  readonly state: 'installed' | 'drifted' | 'legacy' | 'foreign';
  /** The marker's key, or null where the entry carries none. */
  readonly key: string | null;
  readonly path: string;
  /** What differs, for people. */
  readonly detail?: string;
}

export interface OsSchedulerCapabilities {
  readonly available: boolean;
  /** Why it is not available, or what limits it; for `doctor` and the window. */
  readonly notes: readonly string[];
  readonly runsWhenLoggedOut: boolean;
  /** It can be given a zone other than the machine's. */
  readonly timezones: boolean;
}

export interface EntryChange {
  readonly timingId: string;
  readonly change: 'installed' | 'updated' | 'unchanged' | 'removed' | 'failed';
  readonly path: string;
  /** Only with `failed`. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** One OS scheduler. `apply` and `remove` are idempotent; a partial failure is data, not an exception. */
export interface OsScheduler {
  readonly kind: OsSchedulerKind;
  capabilities(): Promise<OsSchedulerCapabilities>;
  /** Pure and total for every valid schedule and zone. */
  translate(group: OsGroup, context: TranslateContext): Translation;
  /** Installs or updates entries and reads them back (D4). Only our own entries are ever touched. */
  apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]>;
  /** Removes our entries of these groups; one that is not there counts as removed. */
  remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]>;
  /** What is installed, compared with what `groups` would install now. Entries of ncp are listed as `legacy`. */
  list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]>;
  /**
   * Removes these entries of ncp (`legacy` in `list`), and nothing else. Only ever called on a person's word.
   * @param ids as `timingId` of `list` has them
   */
  removeLegacy(ids: readonly string[], context: TranslateContext): Promise<EntryChange[]>;
  /**
   * The next fires (epoch ms) of an installed entry, computed without any code of `translate`: the real engine where it
   * can be asked (`systemd-analyze calendar`), an independent evaluator of the artifacts elsewhere.
   */
  readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]>;
}

/** Returns the OS scheduler of a kind, the same one each time; loaded when first asked for. */
export type OsSchedulers = (kind: OsSchedulerKind) => Promise<OsScheduler>;
