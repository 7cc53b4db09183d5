import type { KeptServerOperations } from './running/kept-server-operations.ts';
import type { TimeStyle } from '../contract/time-style.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlClient } from '../ports/control.ts';
import type { FolderLister } from '../ports/folders.ts';
import type { Installation } from '../ports/installation.ts';
import type { Uninstall } from '../services/uninstall/uninstall.ts';
import type { ServiceManager } from '../ports/service-manager.ts';
import type { AgentPrograms } from '../ports/agent-programs.ts';
import type { ShellCommand } from '../ports/shell-command.ts';
import type { ToolCatalog } from '../services/tasks/tool-catalog.ts';
import type { Backfills } from '../services/firing/backfills.ts';
import type { RunWatch } from '../services/attention/run-watch.ts';
import type { BulkChanges } from '../services/tasks/bulk-changes.ts';
import type { ToolVerdict } from '../services/tasks/tool-verdict.ts';
import type { Lint } from '../services/lint/lint.ts';
import type { OtherJobs } from '../services/other-jobs/other-jobs.ts';
import type { AlertOperations } from './alerts/alert-operations.ts';
import type { FollowListener, Primary, PrimaryOptions } from './running/primary.ts';
import type {
  TaskOperations,
  RunOperations,
  TestedTaskOperations,
  ExecutionRecords,
  EntryOperations,
  RetentionOperations,
  TransferOperations,
  HistoryOperations,
  BackupOperations,
  PersonOperations,
  AgentOperations,
  SlotOperations,
  ReportOperations,
  SuccessOperations,
  LogOperations,
  EnvironmentOperations,
  SettingsOperations,
  SettingsChangeOperations,
  CalendarOperations,
  SignInOperations,
  SecretOperations,
  JobOperations,
  MetricOperations,
  SlotCalendarOperations,
  WebTokenOperations,
  MachineOperations,
  FleetOperations,
  MigrationOperations,
  DoctorOperations,
  SnapshotOperations,
  NotificationOperations,
} from './operations.ts';

/** An event of `serve`. `type` is `started`, `execution`, `stopped`, …; the other fields depend on it. */
export interface ServeEvent {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

export interface ServeOptions {
  /** Receives each event. An event can be printed as one JSON document. */
  readonly onEvent: (event: ServeEvent) => void;
  readonly stop: AbortSignal;
  /** Is notified of every change, beside `onEvent`. */
  readonly listener?: FollowListener;
  /** Called once the scheduler has started, before the OS entries are updated. */
  readonly prepare?: () => Promise<void>;
  /** Returns the origin of the window in a browser; null before it is shown. Absent if there is none. */
  readonly web?: () => string | null;
  /**
   * While another process is the primary, follow its changes instead of failing, and become the primary when that process
   * ends. @default false
   */
  readonly beside?: boolean;
}

/**
 * All operations of the product. They do not depend on the interface that calls them (window, command line, MCP); the
 * interface passes in the `author` of a change. Each part is created on first use, so that a command loads only what it
 * needs.
 */
export interface Application {
  readonly version: string;
  /** Absolute. */
  readonly dataDir: string;
  /** IANA zone of this machine. */
  readonly timezone: string;
  /** Returns how a person reads times, by the settings or the locale of the system. */
  timeStyle(): TimeStyle;
  readonly clock: Clock;
  readonly newId: () => string;
  tasks(): Promise<TaskOperations>;
  /** Creates and changes tasks, each only after a successful test run. */
  testedTasks(): Promise<TestedTaskOperations>;
  /** Changes many tasks in one step. */
  bulkChanges(): Promise<Pick<BulkChanges, 'apply'>>;
  runs(): Promise<RunOperations>;
  executions(): Promise<ExecutionRecords>;
  logs(): Promise<LogOperations>;
  successTrial(): Promise<SuccessOperations>;
  slots(): Promise<SlotOperations>;
  reports(): Promise<ReportOperations>;
  /** Runs slots of the past. */
  backfills(): Promise<Pick<Backfills, 'preview' | 'plan' | 'run' | 'start' | 'begin' | 'stop' | 'isRunning'>>;
  /** Watches the tasks that this process runs. A primary, if there is one, watches all tasks. */
  runWatch(): Promise<Pick<RunWatch, 'follow'>>;
  /**
   * Looks whether the tasks that run soon can sign in, and remembers it. For a process that the OS scheduler started: a
   * primary, if there is one, looks by itself. Reports a failure in the log, and never rejects.
   */
  checkSignIns(): Promise<void>;
  snapshots(): Promise<SnapshotOperations>;
  notifications(): Promise<NotificationOperations>;
  history(): Promise<HistoryOperations>;
  backups(): Promise<BackupOperations>;
  migration(): Promise<MigrationOperations>;
  entries(): Promise<EntryOperations>;
  doctor(): Promise<DoctorOperations>;
  retention(): Promise<RetentionOperations>;
  transfer(): Promise<TransferOperations>;
  metrics(): Promise<MetricOperations>;
  slotCalendar(): Promise<SlotCalendarOperations>;
  /** Checks the schedules of files, for any scheduler. */
  lint(): Promise<Pick<Lint, 'report'>>;
  /** What the other schedulers of this machine run. */
  otherJobs(): Promise<Pick<OtherJobs, 'list'>>;
  catalog(): Promise<ToolCatalog>;
  /** Checks whether a tool exists and accepts these parameters. */
  verifyTool(tool: string, parameters: Readonly<Record<string, unknown>>): Promise<ToolVerdict>;
  /** Messages that leave this machine. */
  alerts(): Promise<AlertOperations>;
  secrets(): Promise<SecretOperations>;
  /** The person's sign-ins to MCP servers. */
  signIns(): Promise<SignInOperations>;
  /** The MCP servers that are kept for several runs. */
  keptServers(): Promise<KeptServerOperations>;
  /** The tokens with which people sign in to the window in a browser. */
  webTokens(): Promise<WebTokenOperations>;
  environment(): Promise<EnvironmentOperations>;
  /** Other machines, whose windows this program can show. Connects to none until it is asked to. */
  machines(): Promise<MachineOperations>;
  /** The machines with which this one shares tasks. Connects to no database until it is asked to. */
  fleet(): Promise<FleetOperations>;
  /** Lists the folders of this machine, for people who choose one in the window. */
  readonly listFolders: FolderLister;
  readonly settings: SettingsOperations;
  /** The sets of days on which tasks run or do not run. */
  calendars(): Promise<CalendarOperations>;
  /** Changes settings, and records who changed what. */
  settingsChanges(): Promise<SettingsChangeOperations>;
  shellCommand(): Promise<ShellCommand>;
  /** How this program was installed. */
  installation(): Promise<Installation>;
  /** Removes what this app put on the machine. */
  uninstall(): Promise<Pick<Uninstall, 'run'>>;
  /** Runs `serve` as a service of the OS. */
  service(): Promise<ServiceManager>;
  /** The programs with agents, to which this installation can be added. */
  agentPrograms(): Promise<AgentPrograms>;
  /** The agents with their permissions and proposals, and every change that needs permission. */
  agents(): Promise<AgentOperations>;
  /** Tells what only a person may decide from what a task asks for. */
  personOnly(): Promise<PersonOperations>;
  /** Provides the operations under the names that ncp's scheduler used before version 2. */
  jobs(author: string): Promise<JobOperations>;
  /** Returns the running primary of this data directory, or null. Keeps one connection, which `close` ends. */
  primary(): Promise<ControlClient | null>;
  /** Calls a built-in tool or a tool of a configured MCP server once, without a task and without recording a run. */
  callTool(tool: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * Makes this process the primary: it fires groups on its own and answers on the control socket.
   * @throws SchedulerError `control/primary-running`.
   */
  lead(options: PrimaryOptions): Promise<Primary>;
  /**
   * Follows the changes of any process: for a process that shows the schedule without being the primary. It fires nothing
   * and writes nothing. Changes of other processes are seen within a second.
   * @returns a function that reports the last changes and stops it
   */
  follow(listener: FollowListener): Promise<() => void>;
  /** Runs the primary without a window until `stop` is aborted. @throws as `lead`, but with `beside`. */
  serve(options: ServeOptions): Promise<void>;
  /**
   * Ends what this process has started: its runs by the kill ladder, waits for retries, and sessions with MCP servers.
   * Starts nothing after that. Resolves when the runs have ended.
   */
  stop(): Promise<void>;
  /** Closes connections and the ledger. */
  close(): Promise<void>;
}
