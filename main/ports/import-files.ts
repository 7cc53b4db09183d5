import type { ImportKind, InstalledKind, OtherScheduler } from '../contract/transfer.ts';
import type { Policies } from '../contract/task.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

/** A file of our own format, not yet read. */
export interface OwnFile {
  readonly kind: 'ncp-scheduler';
  readonly text: string;
}

/** A file in which another program keeps its MCP servers, not yet read. */
export interface ServerFile {
  readonly path: string;
  readonly text: string;
}

export interface ServerFiles {
  readonly kind: 'mcp-servers';
  readonly files: readonly ServerFile[];
}

/** What another scheduler runs, said in our words. */
export interface ReadTask {
  /** Where it was found, for people: `line 12`, `backup.timer`. */
  readonly source: string;
  readonly name: string;
  readonly description?: string;
  /** Mostly one; several where one expression cannot say it. No two of them fire at the same minute. */
  readonly schedules: readonly ScheduleSpec[];
  /** Parameters of `shell:run`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly workingDirectory?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly policies?: Policies;
  /** ISO instant after which it does not run. */
  readonly endDate?: string;
  /** What is not as it was, in sentences. */
  readonly notes: readonly string[];
}

/** What cannot be said in our words, and why. */
export interface ReadRefusal {
  readonly source: string;
  readonly name: string;
  readonly reason: string;
}

export interface SchedulerReading {
  readonly kind: OtherScheduler;
  readonly tasks: readonly ReadTask[];
  readonly refused: readonly ReadRefusal[];
  /** What concerns the whole file, in sentences. */
  readonly notes: readonly string[];
}

/** Files that somebody asks to import, and what the schedulers of this machine hold. Only ever read. */
export interface ImportFiles {
  /**
   * Reads a file, or a folder of systemd units or launchd agents, and tells its kind by its content.
   * @param kind what it is, where the content must not decide
   * @throws SchedulerError `usage/import-unreadable`, `usage/import-unknown-kind`
   */
  read(path: string, kind: ImportKind | null): Promise<OwnFile | ServerFiles | SchedulerReading>;
  /**
   * What this scheduler of this machine runs for the person, without entries of ours; or the files in which other
   * programs of the person keep their MCP servers.
   * @throws SchedulerError `os/…`, `usage/import-unreadable`
   */
  installed(kind: InstalledKind): Promise<ServerFiles | SchedulerReading>;
}
