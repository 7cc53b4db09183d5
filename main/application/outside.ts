import type { McpServer, Settings } from '../contract/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlChannel } from '../ports/control.ts';
import type { GroupExporter } from '../ports/group-exporter.ts';
import type { ImportFiles } from '../ports/import-files.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { LegacyData } from '../ports/legacy-data.ts';
import type { LogFiles } from '../ports/log-files.ts';
import type { LogRemoval } from '../ports/log-removal.ts';
import type { Logger } from '../ports/logger.ts';
import type { LoginShell } from '../ports/login-shell.ts';
import type { MachineConditions } from '../ports/machine-conditions.ts';
import type { OsSchedulers, OsScheduler, TranslateContext } from '../ports/os-scheduler.ts';
import type { OwnProgram } from '../ports/own-program.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import type { SecretCipher, SecretFile } from '../ports/secrets.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { ShellCommand } from '../ports/shell-command.ts';
import type { Store } from '../ports/store.ts';
import type { ToolMemory } from '../ports/tool-memory.ts';
import type { ToolServers } from '../ports/tool-servers.ts';

/** Facts about this process and machine; none of them changes while it runs. */
export interface Machine {
  /** Of this product. */
  readonly version: string;
  readonly platform: string;
  readonly homeDir: string;
  readonly username: string;
  /** Processors. */
  readonly parallelism: number;
  /** For a diagnostics report: system, Electron, Node. */
  readonly runtime: Readonly<Record<'system' | 'electron' | 'node', string>>;
  /** The process that records executions as theirs. */
  readonly pid: number;
  /** Folder this process was started in. */
  readonly workingDirectory: string;
}

/** The files of one data directory. */
interface DataDirectory {
  /** Absolute. */
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly settings: SettingsStore;
  /** Absolute path of the log of an execution. */
  logPath(executionId: string, startedAt: string): string;
  logFiles(): Promise<LogFiles>;
  logRemoval(): Promise<LogRemoval>;
  secretFile(): Promise<SecretFile>;
  toolMemory(): Promise<ToolMemory>;
  legacyData(): Promise<LegacyData>;
  readonly control: ControlChannel;
}

/** What runs tasks and starts programs. */
interface Processes {
  /** Starts workers. Asked for only when a task runs in this process. */
  workers(): Promise<ProcessHost>;
  processTree(): Promise<ProcessTree>;
  conditions(): Promise<MachineConditions>;
  loginShell(): Promise<LoginShell>;
  ownProgram(): Promise<OwnProgram>;
  toolServers(): Promise<ToolServers>;
}

/**
 * Everything the product needs from outside, as ports. `main/start` makes the real ones, `main/testing` those in memory.
 * What a short command may not need is a function: it is made, and its code loaded, at the first call.
 */
export interface Outside extends DataDirectory, Processes {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  /** IANA zone of this machine. A function, since asking loads ICU: as long as everything else a short command does. */
  readonly timezone: () => string;
  /** The command that starts this program's command line: absolute executable, then fixed arguments. */
  readonly command: readonly string[];
  readonly osSchedulers: OsSchedulers;
  /** @throws SchedulerError `os/unavailable`. */
  chooseOsScheduler(setting: Settings['osScheduler']): Promise<OsScheduler>;
  /** What OS entries call. */
  readonly entryContext: () => Omit<TranslateContext, 'fromMs'>;
  /** The keychain of the system. */
  cipher(): Promise<SecretCipher>;
  shellCommand(path: () => Promise<string>): Promise<ShellCommand>;
  importFiles(): Promise<ImportFiles>;
  groupExporter(): Promise<GroupExporter>;
  /** Why a path cannot be a working directory, as a sentence; null if it can. */
  workingDirectoryProblem(path: string): string | null;
  /** Problems of parameters against a JSON schema, each naming the field. */
  parameterCheck(): Promise<ParameterCheck>;
  /** A hash of a server's configuration: another command or address is another server. */
  fingerprint(server: McpServer): string;
}

type ParameterCheck = (
  schema: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, unknown>>,
) => string[];
