import type { OsSchedulerKind } from '../contract/os-scheduler-kinds.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

/** A timing group, as adapters need it. */
export interface OsGroup {
  readonly timingId: string;
  /** Canonical identity (cron and zone, or the instant), stored in the entry's marker. */
  readonly key: string;
  /** The entry's description for people, on one line. */
  readonly description: string;
  readonly schedule: ScheduleSpec;
}

/** What an entry calls, and where. Passed to every translation so that `translate` stays pure. */
export interface TranslateContext {
  /** Absolute executable, then fixed arguments; `_timing-run <timing-id>` is appended by the adapter. */
  readonly command: readonly string[];
  /** The entry's own environment: PATH, HOME and this app's variables. Nothing is inherited from a shell. */
  readonly env: Readonly<Record<string, string>>;
  /** The IANA zone that the OS scheduler itself uses. */
  readonly machineTimezone: string;
  /** Epoch ms: explicit dates (DST repairs, one-shots) are computed from here. */
  readonly fromMs: number;
  readonly homeDir: string;
  /** The person's account on Windows, `DOMAIN\\name`. @default none */
  readonly account?: string;
  /** Part of every entry's name, so that two data directories never share an entry. Empty for the default directory. */
  readonly namespace: string;
  /** Absolute path of the folder in which the primary notes what it has fired (`FiredGroups`). @default none */
  readonly firedDir?: string;
}

export interface Artifact {
  /** Absolute path of a file, or a name such as `crontab` if the entry has no file of its own. */
  readonly path: string;
  readonly content: string;
}

export interface Translation {
  readonly artifacts: readonly Artifact[];
  /** `superset`: fires at every slot and at other times too; `_timing-run` then finds nothing due. */
  readonly covers: 'exact' | 'superset';
  /** Sentences about what the OS scheduler cannot express and what is done instead. */
  readonly notes: readonly string[];
}

export interface OsEntry {
  readonly timingId: string;
  readonly kind: OsSchedulerKind;
  readonly state: 'installed' | 'drifted' | 'legacy' | 'foreign';
  /** The marker's key, or null if the entry has none. */
  readonly key: string | null;
  readonly path: string;
  /** Describes the difference. */
  readonly detail?: string;
}

export interface OsSchedulerCapabilities {
  readonly available: boolean;
  /** Why the scheduler is not available, or what limits it; shown by `doctor` and in the window. */
  readonly notes: readonly string[];
  readonly runsWhenLoggedOut: boolean;
  /** True if entries can have a zone other than the machine's. */
  readonly timezones: boolean;
}

export interface EntryChange {
  readonly timingId: string;
  readonly change: 'installed' | 'updated' | 'unchanged' | 'removed' | 'failed';
  readonly path: string;
  /** Only with `failed`. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** One OS scheduler. `apply` and `remove` are idempotent and return a partial failure as data. */
export interface OsScheduler {
  readonly kind: OsSchedulerKind;
  capabilities(): Promise<OsSchedulerCapabilities>;
  /** Pure and total for every valid schedule and zone. */
  translate(group: OsGroup, context: TranslateContext): Translation;
  /**
   * Installs or updates entries, then reads them back and compares their next fires with the schedule
   * (docs/architecture.md, decision D4). Only touches this app's entries.
   */
  apply(groups: readonly OsGroup[], context: TranslateContext): Promise<EntryChange[]>;
  /** Removes this app's entries of these groups; an entry that does not exist counts as removed. */
  remove(timingIds: readonly string[], context: TranslateContext): Promise<EntryChange[]>;
  /** Returns what is installed, compared with what `groups` would install now. Lists entries of ncp as `legacy`. */
  list(groups: readonly OsGroup[], context: TranslateContext): Promise<OsEntry[]>;
  /**
   * Removes these entries of ncp (`legacy` in `list`) and nothing else. Only called when a person asks for it.
   * @param ids the `timingId`s that `list` returned
   */
  removeLegacy(ids: readonly string[], context: TranslateContext): Promise<EntryChange[]>;
  /**
   * Returns the next fires (epoch ms) of an installed entry, computed without any code of `translate`: by the real
   * engine if it can be asked (`systemd-analyze calendar`), otherwise by an independent evaluator of the artifacts.
   */
  readBack(timingId: string, fromMs: number, count: number, context: TranslateContext): Promise<number[]>;
}

/** Returns the OS scheduler of a kind, the same one each time; loaded when first asked for. */
export type OsSchedulers = (kind: OsSchedulerKind) => Promise<OsScheduler>;
