import type { SlotRecord } from '../contract/execution.ts';
import type { DoctorCheck } from '../contract/cli.ts';
import type { LegacyReplacement, MigrationReport } from '../contract/migration.ts';
import type { InsightsAnswer } from '../contract/insights.ts';
import type { Execution } from '../contract/execution.ts';
import type { RunFigures } from '../contract/recent-runs.ts';
import type { ScheduleChange } from '../contract/schedule-change.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { DesktopState } from '../contract/desktop.ts';
import type { ScheduleLoad } from '../contract/calls/schedule.ts';
import type { NotificationChoice, Notifier, TrayLine, TrayState } from '../ports/desktop.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { EntryChange, OsEntry } from '../ports/os-scheduler.ts';
import type { SettingsChanges } from '../services/settings/settings-changes.ts';
import type { SignIns } from '../services/sign-in/sign-ins.ts';
import type { Secrets } from '../services/secrets/secret-vault.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { SlotCalendar } from '../services/slot-calendar/slot-calendar.ts';
import type { Metrics } from '../services/metrics/metrics.ts';
import type { Agents, Submitted } from '../services/consent/agents.ts';
import type { ChangeOf, ChangeOutcomes } from '../services/consent/apply-change.ts';
import type { PersonOnly } from '../services/consent/person-only.ts';
import type { ProposedAction } from '../contract/proposal.ts';
import type { RunsOn } from '../contract/fleet.ts';
import type { Task, TaskView } from '../contract/task.ts';
import type { JobNames } from '../services/firing/job-names.ts';
import type { ChangeHistory } from '../services/history/change-history.ts';
import type { ScheduleRestore } from '../services/history/schedule-restore.ts';
import type { MigrationOptions } from '../services/migration/migrate.ts';
import type { QuitQuestion } from '../services/desktop/quit-question.ts';
import type { ClickNeeds } from '../services/notifications/notification-clicks.ts';
import type { AttentionNotifications } from '../services/notifications/attention-notifications.ts';
import type { RunNotifications } from '../services/notifications/notifications.ts';
import type { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import type { AcceptedKeys } from '../services/fleet/members/accepted-keys.ts';
import type { Membership } from '../services/fleet/members/membership.ts';
import type { Synced } from '../services/fleet/definitions/mirror.ts';
import type { FleetRun, FleetRunFilter } from '../contract/fleet-runs.ts';
import type { MemberLogs } from '../services/fleet/runs/member-logs.ts';
import type { Sharing } from '../services/fleet/definitions/sharing.ts';
import type { Machines } from '../services/machines/machines.ts';
import type { Calendars } from '../services/calendars/calendars.ts';
import type { RunLogs } from '../services/runs/run-logs.ts';
import type { SuccessTrial } from '../services/runs/trials/success-trial.ts';
import type { LoadQuestion } from '../services/schedule/schedule-load.ts';
import type { InsightsQuestion } from '../services/reports/insights.ts';
import type { MissedRuns } from '../services/reports/missed-runs.ts';
import type { SlotExplanations } from '../services/reports/slot-explanations.ts';
import type { TaskReports } from '../services/reports/task-reports.ts';
import type { SlotHistory } from '../services/schedule/slot-history.ts';
import type { Retention } from '../services/retention/retention.ts';
import type { WebTokens } from '../services/web/web-tokens.ts';
import type { TaskManager } from '../services/tasks/task-manager.ts';
import type { TestedTasks } from '../services/tasks/tested-tasks.ts';
import type { ImportSource } from '../services/transfer/import-source.ts';
import type { Transfer } from '../services/transfer/transfer.ts';
import type { TaskEnvironments } from './login-variables.ts';
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
  | 'forgetSeen'
  | 'pauseAll'
  | 'resumeAll'
  | 'timings'
  | 'understand'
  | 'nextRuns'
  | 'starts'
  | 'timingSpec'
  | 'skipsNextEvent'
  | 'readDraft'
  | 'readChange'
>;

/** Starts and cancels runs: in the primary if there is one, otherwise in this process. */
export type RunOperations = Pick<
  Runs,
  'fire' | 'trigger' | 'start' | 'testDraft' | 'startTest' | 'rerun' | 'cancel' | 'concurrencyLimit'
>;
export type TestedTaskOperations = Pick<TestedTasks, 'create' | 'update'>;
export type ExecutionRecords = Pick<Ledger, 'get' | 'list' | 'outcomes' | 'setup'> & {
  /** @throws SchedulerError `execution/not-found`. */
  find(executionId: string): Execution;
  /** Returns what the latest runs of each task say about it, with these runs if they are wanted. */
  figures(taskIds: readonly string[], withRuns: boolean): RunFigures[];
};
export type EntryOperations = Pick<
  ScheduleSync,
  'kind' | 'entries' | 'legacyEntries' | 'sync' | 'preview' | 'removeAll'
>;
export type RetentionOperations = Pick<Retention, 'run'>;
export type TransferOperations = Pick<
  Transfer,
  'exported' | 'exportedGroup' | 'read' | 'readContent' | 'installed' | 'found' | 'preview' | 'apply'
>;
/** A file that was read and can be imported. */
export type TransferSource = ImportSource;
export type HistoryOperations = Pick<ChangeHistory, 'authors' | 'list' | 'get' | 'findTaskId' | 'undo' | 'undoAll'>;
export type BackupOperations = Pick<ScheduleRestore, 'list' | 'preview' | 'restore'>;
/** The outcome of a change that an agent or a person requested. */
export type SubmittedChange<A extends ProposedAction> = Submitted<A>;
export type Change<A extends ProposedAction> = ChangeOf<A>;
export type ChangeOutcome<A extends ProposedAction> = ChangeOutcomes[A];
export type PersonOperations = Pick<PersonOnly, 'assertOutsideRun' | 'runAround'>;
export type AgentOperations = Pick<Agents, 'clients' | 'proposals' | 'perform' | 'submit' | 'revoke' | 'undo'>;
export interface SlotOperations extends Pick<SlotHistory, 'why' | 'missed' | 'attention'> {
  /** As `why`; for a shared task also with what the other members of the fleet did, if its database answers. */
  whyInFleet(idOrName: string, since?: string): Promise<SlotRecord[]>;
}
/** Computes what the pages of a task and of a group show, and what about all tasks is unusual or costs much. */
export type ReportOperations = Pick<TaskReports, 'task' | 'group'> &
  Pick<SlotExplanations, 'explain'> & {
    insights(question: InsightsQuestion): Promise<InsightsAnswer>;
    readonly missed: MissedRuns['report'];
  };
export type SuccessOperations = Pick<SuccessTrial, 'try'>;
export type LogOperations = Pick<
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
  | 'media'
  | 'resultFileToOpen'
>;
export type EnvironmentOperations = Pick<TaskEnvironments, 'show' | 'compare' | 'refresh'>;
export type SettingsOperations = Pick<SettingsStore, 'read' | 'problem'>;
export type SettingsChangeOperations = Pick<SettingsChanges, 'update'>;
export type CalendarOperations = Pick<Calendars, keyof Calendars>;
export type SignInOperations = Pick<
  SignIns,
  'list' | 'begin' | 'open' | 'finished' | 'complete' | 'cancel' | 'signOut'
>;
export type SecretOperations = Pick<Secrets, 'list' | 'set' | 'remove'>;
export type JobOperations = Pick<JobNames, keyof JobNames>;

/** What other monitoring reads about the scheduler and its tasks. */
export type MetricOperations = Pick<Metrics, 'text' | 'shared'> & {
  /** Writes the metrics to a file for every reader of the machine. @throws SchedulerError `usage/unwritable-file`. */
  write(path: string): Promise<void>;
};
export type SlotCalendarOperations = Pick<SlotCalendar, 'answer'>;

export type WebTokenOperations = Pick<WebTokens, keyof WebTokens>;

/** Other machines, over the person's own SSH. */
export interface MachineOperations extends Pick<
  Machines,
  'list' | 'suggestions' | 'test' | 'connect' | 'show' | 'call' | 'follow'
> {
  /** Stays connected to the machines whose settings say `notify`, and shows their failures. Returns the function that stops it. */
  announce(notifier: Pick<Notifier, 'notify' | 'withdraw'>): () => void;
}

/** The fleet of this machine: membership, and the tasks that its members share. */
export interface FleetOperations
  extends
    Pick<Membership, 'init' | 'look' | 'join' | 'leave' | 'state' | 'members' | 'find' | 'drain' | 'remove'>,
    Pick<AcceptedKeys, 'accept' | 'withdraw'>,
    Pick<Sharing, 'share' | 'unshare'> {
  /** Returns the SQL that `init` runs, for an administrator. */
  script(): string;
  /** Lists the runs of shared tasks on all members, newest first. @throws SchedulerError `fleet/…`. */
  runs(filter: FleetRunFilter): Promise<{ runs: FleetRun[]; more: boolean }>;
  /** Reads a piece of the log of a run that any member made. @throws SchedulerError `fleet/…`. */
  readLog: MemberLogs['read'];
  /** Takes over what other members changed. */
  sync(): Promise<Synced>;
  /**
   * Creates a task and shares it. If the fleet refuses it, nothing is saved.
   * @param create saves it as a local task
   * @returns also why no member can run it now; null if one can
   */
  createShared<T extends { readonly task: TaskView }>(
    create: () => Promise<T>,
    runsOn: RunsOn,
    author: string,
  ): Promise<Omit<T, 'task'> & { task: TaskView; placement: string | null }>;
  /** Returns why no member can run a shared task now; null if one can, or for a local task. */
  placementProblem(task: Task): Promise<string | null>;
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
  /** Works out ahead what the schedules of all groups mean, in short turns: the first snapshot then needs it no more. */
  prepare(): Promise<void>;
  whole(desktop: DesktopState): Promise<Snapshot>;
  /** Returns what changed since the last call, for the windows that got a snapshot. */
  change(desktop: DesktopState): Promise<ScheduleChange>;
  /** Returns how many tasks start in each step of a time span. */
  load(question: LoadQuestion): Promise<ScheduleLoad>;
  /** @param remarks lines about the state of the desktop, which the menu shows too */
  tray(remarks: readonly TrayLine[]): TrayState;
  /** Returns the question to ask before the app quits; null if no task is running. */
  quitQuestion(): Promise<QuitQuestion | null>;
}

/** Desktop notifications about runs. */
export interface NotificationOperations {
  /** Returns the notifier for the services below: silent while rules of alerts decide what this desktop shows. */
  own(notifier: Pick<Notifier, 'notify' | 'withdraw'>): Pick<Notifier, 'notify' | 'withdraw'>;
  /** Returns a service that decides which events need a notification and shows it through `notifier`. */
  ofRuns(notifier: Pick<Notifier, 'notify' | 'withdraw'>): RunNotifications;
  /** As `ofRuns`, for tasks that are late, take too long or are overdue. */
  ofAttention(notifier: Pick<Notifier, 'notify' | 'withdraw'>): AttentionNotifications;
  /** Returns the handler of clicks on a notification or one of its buttons. */
  choices(surroundings: Pick<ClickNeeds, 'show' | 'refuse'>): (choice: NotificationChoice) => Promise<void>;
}
