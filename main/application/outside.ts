import type { AlertChannels } from '../ports/alert-channels.ts';
import type { AgentSchedules } from '../ports/agent-schedules.ts';
import type { AgentPrograms } from '../ports/agent-programs.ts';
import type { OsSchedulerKind } from '../contract/os-scheduler-kinds.ts';
import type { McpServer, Settings } from '../contract/settings.ts';
import type { TimeStyle } from '../contract/time-style.ts';
import type { CalendarWriter } from '../ports/calendar-writer.ts';
import type { CalendarMemory, CalendarSources } from '../ports/calendars.ts';
import type { Autostart } from '../ports/autostart-removal.ts';
import type { Clock } from '../ports/clock.ts';
import type { FiredGroups } from '../ports/fired-groups.ts';
import type { ControlChannel } from '../ports/control.ts';
import type { DataRemoval } from '../ports/data-removal.ts';
import type { FleetAccess } from '../ports/fleet/fleet-database.ts';
import type { FolderLister } from '../ports/folders.ts';
import type { FleetFile } from '../ports/fleet/fleet-file.ts';
import type { MemberKeys } from '../ports/fleet/member-keys.ts';
import type { GroupExporter } from '../ports/group-exporter.ts';
import type { PersonCrontab } from '../ports/person-crontab.ts';
import type { Installation } from '../ports/installation.ts';
import type { ImportFiles } from '../ports/import-files.ts';
import type { LintFiles } from '../ports/lint-files.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { LegacyData } from '../ports/legacy-data.ts';
import type { LogFiles } from '../ports/log-files.ts';
import type { LogRemoval } from '../ports/log-removal.ts';
import type { Logger } from '../ports/logger.ts';
import type { MachineAccess } from '../ports/machine-link.ts';
import type { LoginShell } from '../ports/login-shell.ts';
import type { EventMemory, MachineEvents } from '../ports/machine-events.ts';
import type { MachineConditions } from '../ports/machine-conditions.ts';
import type { OtherSchedulers } from '../ports/other-schedulers.ts';
import type { OsSchedulers, OsScheduler, TranslateContext } from '../ports/os-scheduler.ts';
import type { OwnProgram } from '../ports/own-program.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { AccessStatus } from '../ports/access-status.ts';
import type { StatusCommand } from '../ports/status-command.ts';
import type { ProgramFinder } from '../ports/program-finder.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import type { PublishedFiles } from '../ports/published-files.ts';
import type { SecretCipher, SecretFile } from '../ports/secrets.ts';
import type { ServiceManager } from '../ports/service-manager.ts';
import type { Supervisor } from '../ports/supervisor.ts';
import type { SignInAccess } from '../ports/sign-in.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { ShellCommand } from '../ports/shell-command.ts';
import type { Store } from '../ports/store.ts';
import type { ToolMemory } from '../ports/tool-memory.ts';
import type { ToolServers } from '../ports/tool-servers.ts';
import type { Traces } from '../ports/traces.ts';
import type { WebTokenFile } from '../ports/web-tokens.ts';

/** Facts about this process and machine that do not change while the process runs. */
export interface Machine {
  /** Version of this product. */
  readonly version: string;
  readonly platform: string;
  readonly homeDir: string;
  readonly username: string;
  readonly hostname: string;
  /** Number of processors. */
  readonly parallelism: number;
  /** Versions of the system, Electron and Node, for a diagnostics report. */
  readonly runtime: Readonly<Record<'system' | 'electron' | 'node', string>>;
  /** Id of this process, which the ledger stores as the owner of its executions. */
  readonly pid: number;
  /** Folder in which this process was started. */
  readonly workingDirectory: string;
}

/** The files of one data directory. */
interface DataDirectory {
  /** Absolute. */
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly settings: SettingsStore;
  /** Returns the absolute path of an execution's log. */
  logPath(executionId: string, startedAt: string): string;
  logFiles(): Promise<LogFiles>;
  logRemoval(): Promise<LogRemoval>;
  secretFile(): Promise<SecretFile>;
  /** The encrypted sign-ins to MCP servers, by server. */
  signInFile(): Promise<SecretFile>;
  webTokenFile(): Promise<WebTokenFile>;
  /** Returns whether this data directory has joined a fleet. Looks at one file and loads nothing. */
  inFleet(): boolean;
  fleetFile(): Promise<FleetFile>;
  /** The key of this member of the fleet. */
  memberKeys(): Promise<MemberKeys>;
  toolMemory(): Promise<ToolMemory>;
  readonly calendarMemory: CalendarMemory;
  readonly eventMemory: EventMemory;
  legacyData(): Promise<LegacyData>;
  readonly control: ControlChannel;
}

/** The ports that run tasks and start programs. */
interface Processes {
  /** Returns the host that starts workers. Called only when a task runs in this process. */
  workers(): Promise<ProcessHost>;
  processTree(): Promise<ProcessTree>;
  conditions(): Promise<MachineConditions>;
  machineEvents(): Promise<MachineEvents>;
  loginShell(): Promise<LoginShell>;
  readonly findProgram: ProgramFinder;
  readonly statusCommand: StatusCommand;
  readonly accessStatus: AccessStatus;
  ownProgram(): Promise<OwnProgram>;
  toolServers(): Promise<ToolServers>;
}

/**
 * Everything the product needs from outside, as ports. `main/start` creates the real ones, `main/testing` those in
 * memory. A port that a short command may not need is a function: the port is created, and its code loaded, at the
 * first call.
 */
export interface Outside extends DataDirectory, Processes {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** Returns a random number in [0, 1). */
  readonly random: () => number;
  /**
   * Returns the IANA zone of this machine. A function, because the call loads ICU, which takes as long as everything
   * else that a short command does.
   */
  readonly timezone: () => string;
  /** Returns how this system's locale writes times. A function, because the call may load ICU. */
  readonly timeStyle: () => TimeStyle;
  readonly osSchedulers: OsSchedulers;
  /** @throws SchedulerError `os/unavailable`. */
  chooseOsScheduler(setting: Settings['osScheduler']): Promise<OsScheduler>;
  /** Returns where the primary notes what it fired. @param kind asks which OS scheduler fires the groups */
  firedGroups(kind: () => Promise<OsSchedulerKind>): Promise<FiredGroups>;
  /** Returns what OS entries call, and with which environment. */
  readonly entryContext: () => Omit<TranslateContext, 'fromMs'>;
  /** Returns the cipher whose key is in the keychain of the system. */
  cipher(): Promise<SecretCipher>;
  autostart(): Promise<Autostart>;
  dataRemoval(): Promise<DataRemoval>;
  /** Returns how this program was installed. */
  installation(): Promise<Installation>;
  /** Returns the manager of the service that runs `serve` on this data directory. */
  service(): Promise<ServiceManager>;
  /** Returns the service manager that started this process; null if none did. */
  supervisor(): Promise<Supervisor | null>;
  shellCommand(path: () => Promise<string>): Promise<ShellCommand>;
  agentPrograms(): Promise<AgentPrograms>;
  /** @param environment returns the variables that name proxies and certificates */
  signIn(environment: () => Promise<Readonly<Record<string, string>>>): Promise<SignInAccess>;
  alertChannels(): Promise<AlertChannels>;
  /** Returns the way to the databases of fleets. */
  fleetAccess(): Promise<FleetAccess>;
  readonly traces: Traces;
  calendarSources(): Promise<CalendarSources>;
  importFiles(): Promise<ImportFiles>;
  lintFiles(): Promise<LintFiles>;
  personCrontab(): Promise<PersonCrontab>;
  agentSchedules(): Promise<AgentSchedules>;
  otherSchedulers(): Promise<OtherSchedulers>;
  machineAccess(): Promise<MachineAccess>;
  groupExporter(): Promise<GroupExporter>;
  calendarWriter(): Promise<CalendarWriter>;
  publishedFiles(): Promise<PublishedFiles>;
  readonly listFolders: FolderLister;
  /** Returns why a path cannot be a working directory, as a sentence; null if it can. */
  workingDirectoryProblem(path: string): string | null;
  /** Returns the check of parameters against a JSON schema. Each problem it finds names the field. */
  parameterCheck(): Promise<ParameterCheck>;
  /** Returns a hash of a server's configuration. A server with another command or address has another hash. */
  fingerprint(server: McpServer): string;
}

type ParameterCheck = (
  schema: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, unknown>>,
) => string[];
