import type { DoctorCheck } from '../contract/cli.ts';
import type { LegacyReplacement, MigrationReport } from '../contract/migration.ts';
import type { InsightsAnswer } from '../contract/insights.ts';
import type { Execution } from '../contract/execution.ts';
import type { RunFigures } from '../contract/recent-runs.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { TimeStyle } from '../contract/time-style.ts';
import type { DesktopState } from '../contract/desktop.ts';
import type { ScheduleLoad } from '../contract/calls/schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlClient } from '../ports/control.ts';
import type { NotificationChoice, Notifier, TrayLine, TrayState } from '../ports/desktop.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { EntryChange, OsEntry } from '../ports/os-scheduler.ts';
import type { SettingsChanges } from '../services/settings/settings-changes.ts';
import type { SignIns } from '../services/sign-in/sign-ins.ts';
import type { Secrets } from '../services/settings/secret-vault.ts';
import type { Installation } from '../ports/installation.ts';
import type { Uninstall } from '../services/uninstall/uninstall.ts';
import type { ServiceManager } from '../ports/service-manager.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { AgentPrograms } from '../ports/agent-programs.ts';
import type { ShellCommand } from '../ports/shell-command.ts';
import type { ToolCatalog } from '../services/tasks/tool-catalog.ts';
import type { SlotCalendar } from '../services/slot-calendar/slot-calendar.ts';
import type { Metrics } from '../services/metrics/metrics.ts';
import type { Agents, Submitted } from '../services/consent/agents.ts';
import type { ChangeOf, ChangeOutcomes } from '../services/consent/apply-change.ts';
import type { PersonOnly } from '../services/consent/person-only.ts';
import type { ProposedAction } from '../contract/proposal.ts';
import type { Backfills } from '../services/firing/backfills.ts';
import type { JobNames } from '../services/firing/job-names.ts';
import type { ChangeHistory } from '../services/history/change-history.ts';
import type { ScheduleRestore } from '../services/history/schedule-restore.ts';
import type { MigrationOptions } from '../services/migration/migrate.ts';
import type { QuitQuestion } from '../services/desktop/quit-question.ts';
import type { ClickNeeds } from '../services/notifications/notification-clicks.ts';
import type { AttentionNotifications } from '../services/notifications/attention-notifications.ts';
import type { RunNotifications } from '../services/notifications/notifications.ts';
import type { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import type { Machines } from '../services/machines/machines.ts';
import type { RunWatch } from '../services/attention/run-watch.ts';
import type { Calendars } from '../services/calendars/calendars.ts';
import type { RunLogs } from '../services/runs/run-logs.ts';
import type { SuccessTrial } from '../services/runs/trials/success-trial.ts';
import type { LoadQuestion } from '../services/schedule/schedule-load.ts';
import type { InsightsQuestion } from '../services/reports/insights.ts';
import type { MissedRuns } from '../services/reports/missed-runs.ts';
import type { SlotExplanations } from '../services/reports/slot-explanations.ts';
import type { TaskReports } from '../services/reports/task-reports.ts';
import type { SlotHistory } from '../services/schedule/slot-history.ts';
import type { Retention } from '../services/settings/retention.ts';
import type { WebTokens } from '../services/settings/web-tokens.ts';
import type { BulkChanges } from '../services/tasks/bulk-changes.ts';
import type { TaskManager } from '../services/tasks/task-manager.ts';
import type { TestedTasks } from '../services/tasks/tested-tasks.ts';
import type { ImportSource } from '../services/transfer/import-source.ts';
import type { ToolVerdict } from '../services/tasks/tool-verdict.ts';
import type { Lint } from '../services/lint/lint.ts';
import type { OtherJobs } from '../services/other-jobs/other-jobs.ts';
import type { Transfer } from '../services/transfer/transfer.ts';
import type { TaskEnvironments } from './login-variables.ts';
import type { AlertOperations } from './alerts/alert-operations.ts';
import type { Primary, PrimaryListener, PrimaryOptions } from './running/primary.ts';
import type { Runs } from './running/runs.ts';

export type TaskOperations = Pick<
  TaskManager,
  | 'create'
  | 'list'
  | 'get'
  | 'usage'
  | 'update'
  | 'pause'
  | 'resume'
  | 'delete'
  | 'skipNext'
  | 'pauseAll'
  | 'resumeAll'
  | 'timings'
  | 'understand'
  | 'nextRuns'
  | 'starts'
  | 'timingSpec'
  | 'readDraft'
  | 'readChange'
>;

/** Starts and cancels runs: in the primary if there is one, otherwise in this process. */
type RunOperations = Pick<
  Runs,
  'fire' | 'trigger' | 'start' | 'testDraft' | 'startTest' | 'rerun' | 'cancel' | 'concurrencyLimit'
>;
type TestedTaskOperations = Pick<TestedTasks, 'create' | 'update'>;
export type ExecutionRecords = Pick<Ledger, 'get' | 'list' | 'outcomes' | 'setup'> & {
  /** @throws SchedulerError `execution/not-found`. */
  find(executionId: string): Execution;
  /** Returns what the latest runs of each task say about it, with these runs if they are wanted. */
  figures(taskIds: readonly string[], withRuns: boolean): RunFigures[];
};
type EntryOperations = Pick<ScheduleSync, 'kind' | 'entries' | 'legacyEntries' | 'sync' | 'preview' | 'removeAll'>;
type RetentionOperations = Pick<Retention, 'run'>;
export type TransferOperations = Pick<
  Transfer,
  'exported' | 'exportedGroup' | 'read' | 'readContent' | 'installed' | 'found' | 'preview' | 'apply'
>;
/** A file that was read and can be imported. */
export type TransferSource = ImportSource;
export type HistoryOperations = Pick<ChangeHistory, 'authors' | 'list' | 'get' | 'findTaskId' | 'undo' | 'undoAll'>;
type BackupOperations = Pick<ScheduleRestore, 'list' | 'preview' | 'restore'>;
/** The outcome of a change that an agent or a person requested. */
export type SubmittedChange<A extends ProposedAction> = Submitted<A>;
export type Change<A extends ProposedAction> = ChangeOf<A>;
export type ChangeOutcome<A extends ProposedAction> = ChangeOutcomes[A];
type PersonOperations = Pick<PersonOnly, 'assertOutsideRun'>;
export type AgentOperations = Pick<Agents, 'clients' | 'proposals' | 'perform' | 'submit' | 'revoke' | 'undo'>;
type SlotOperations = Pick<SlotHistory, 'why' | 'missed' | 'attention'>;
/** Computes what the pages of a task and of a group show, and what about all tasks is unusual or costs much. */
export type ReportOperations = Pick<TaskReports, 'task' | 'group'> &
  Pick<SlotExplanations, 'explain'> & {
    insights(question: InsightsQuestion): Promise<InsightsAnswer>;
    readonly missed: MissedRuns['report'];
  };
type SuccessOperations = Pick<SuccessTrial, 'try'>;
type LogOperations = Pick<
  RunLogs,
  | 'read'
  | 'readEnd'
  | 'compare'
  | 'follow'
  | 'unfollow'
  | 'unfollowAll'
  | 'whole'
  | 'stream'
  | 'path'
  | 'picture'
  | 'resultFileToOpen'
>;
type EnvironmentOperations = Pick<TaskEnvironments, 'show' | 'compare' | 'refresh'>;
type SettingsOperations = Pick<SettingsStore, 'read' | 'problem'>;
type SettingsChangeOperations = Pick<SettingsChanges, 'update'>;
type CalendarOperations = Pick<Calendars, keyof Calendars>;
type SignInOperations = Pick<SignIns, 'list' | 'begin' | 'open' | 'finished' | 'complete' | 'cancel' | 'signOut'>;
type SecretOperations = Pick<Secrets, 'list' | 'set' | 'remove'>;
export type JobOperations = Pick<JobNames, keyof JobNames>;

/** What other monitoring reads about the scheduler and its tasks. */
export type MetricOperations = Pick<Metrics, 'text' | 'shared'> & {
  /** Writes the metrics to a file for every reader of the machine. @throws SchedulerError `usage/unwritable-file`. */
  write(path: string): Promise<void>;
};
type SlotCalendarOperations = Pick<SlotCalendar, 'answer'>;

export type WebTokenOperations = Pick<WebTokens, keyof WebTokens>;

/** Other machines, over the person's own SSH. */
export interface MachineOperations extends Pick<
  Machines,
  'list' | 'suggestions' | 'test' | 'connect' | 'show' | 'call' | 'follow'
> {
  /** Stays connected to the machines whose settings say `notify`, and shows their failures. Returns the function that stops it. */
  announce(notifier: Pick<Notifier, 'notify' | 'withdraw'>): () => void;
}

/** Migrates from ncp: first its tasks, then its entries in the OS scheduler. */
export interface MigrationOperations {
  migrate(options: MigrationOptions): MigrationReport;
  /** Makes the OS entries match the schedule. */
  install(): Promise<EntryChange[]>;
  legacyEntries(): Promise<OsEntry[]>;
  replaceLegacyEntries(): Promise<LegacyReplacement>;
}

export interface DoctorOperations {
  diagnose(): Promise<readonly DoctorCheck[]>;
  /** Fixes the problems that need no decision by a person, then checks again. */
  fix(): Promise<readonly DoctorCheck[]>;
  /** Returns a report for support, as Markdown. It contains no secrets and nothing about what tasks do. */
  report(): Promise<string>;
}

/** Collects what windows, the tray and dialogs show. */
export interface SnapshotOperations {
  whole(desktop: DesktopState): Promise<Snapshot>;
  /** Returns the snapshot without the executions. */
  schedule(desktop: DesktopState): Promise<Omit<Snapshot, 'executions'>>;
  /** Returns how many tasks start in each step of a time span. */
  load(question: LoadQuestion): Promise<ScheduleLoad>;
  /** @param remarks lines about the state of the desktop, which the menu shows too */
  tray(remarks: readonly TrayLine[]): TrayState;
  /** Returns the question to ask before the app quits; null if no task is running. */
  quitQuestion(): Promise<QuitQuestion | null>;
}

/** Desktop notifications about runs. */
interface NotificationOperations {
  /** Returns the notifier for the services below: silent while rules of alerts decide what this desktop shows. */
  own(notifier: Pick<Notifier, 'notify' | 'withdraw'>): Pick<Notifier, 'notify' | 'withdraw'>;
  /** Returns a service that decides which events need a notification and shows it through `notifier`. */
  ofRuns(notifier: Pick<Notifier, 'notify' | 'withdraw'>): RunNotifications;
  /** As `ofRuns`, for tasks that are late, take too long or are overdue. */
  ofAttention(notifier: Pick<Notifier, 'notify' | 'withdraw'>): AttentionNotifications;
  /** Returns the handler of clicks on a notification or one of its buttons. */
  choices(surroundings: Pick<ClickNeeds, 'show' | 'refuse'>): (choice: NotificationChoice) => Promise<void>;
}

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
  readonly listener?: PrimaryListener;
  /** Called once the scheduler has started, before the OS entries are updated. */
  readonly prepare?: () => Promise<void>;
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
  /** The tokens with which people sign in to the window in a browser. */
  webTokens(): Promise<WebTokenOperations>;
  environment(): Promise<EnvironmentOperations>;
  /** Other machines, whose windows this program can show. Connects to none until it is asked to. */
  machines(): Promise<MachineOperations>;
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
  follow(listener: PrimaryListener): Promise<() => void>;
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
