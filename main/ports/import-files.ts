import type { FileKind, InstalledKind, OtherScheduler } from '../contract/transfer.ts';
import type { Policies } from '../contract/task.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';

/** A file in this app's own format, not yet read. */
export interface OwnFile {
  readonly kind: 'ncp-scheduler';
  readonly text: string;
}

/** A file in which another program stores its MCP servers, not yet read. */
export interface ServerFile {
  readonly path: string;
  readonly text: string;
}

export interface ServerFiles {
  readonly kind: 'mcp-servers';
  readonly files: readonly ServerFile[];
}

/** A task of another scheduler, translated into this app's terms. */
export interface ReadTask {
  /** Where the task was found, for display: `line 12`, `backup.timer`. */
  readonly source: string;
  readonly name: string;
  readonly description?: string;
  /** Usually one; several if one expression cannot express the schedule. No two of them fire in the same minute. */
  readonly schedules: readonly ScheduleSpec[];
  /** @default shell:run */
  readonly tool?: string;
  /** Parameters of the tool. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly workingDirectory?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly policies?: Policies;
  /** ISO instant after which the task no longer runs. */
  readonly endDate?: string;
  /** How often it still runs. */
  readonly maxExecutions?: number;
  /** Sentences about what differs from the original. */
  readonly notes: readonly string[];
}

/** An entry that cannot be imported, and why. */
export interface ReadRefusal {
  readonly source: string;
  readonly name: string;
  readonly reason: string;
}

export interface SchedulerReading {
  readonly kind: OtherScheduler;
  readonly tasks: readonly ReadTask[];
  readonly refused: readonly ReadRefusal[];
  /** Sentences about the whole file. */
  readonly notes: readonly string[];
  /**
   * What was read, so that the other scheduler's entries can be switched off if they have not changed since: the text of a
   * crontab, or what `AgentSchedules` compares. Absent if they cannot be.
   */
  readonly original?: string;
}

/** Files that a person asks to import, and the entries of this machine's schedulers. Read-only. */
export interface ImportFiles {
  /**
   * Reads a file, or a folder of systemd units or launchd agents, and detects its kind from its content.
   * @param kind the kind to assume instead of detecting it
   * @throws SchedulerError `usage/import-unreadable`, `usage/import-unknown-kind`
   */
  read(path: string, kind: FileKind | null): Promise<OwnFile | ServerFiles | SchedulerReading>;
  /** As `read`, for the content of a file. @param name what to call it, in messages and for tasks without a name */
  readContent(
    content: Uint8Array,
    name: string,
    kind: FileKind | null,
  ): Promise<OwnFile | ServerFiles | SchedulerReading>;
  /**
   * Returns what this scheduler of this machine runs for the person, without this app's entries; or the files in which
   * other programs of the person store their MCP servers.
   * @throws SchedulerError `os/…`, `usage/import-unreadable`
   */
  installed(kind: InstalledKind): Promise<ServerFiles | SchedulerReading>;
}
