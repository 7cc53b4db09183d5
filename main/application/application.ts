import type { DoctorCheck } from '../contract/cli.ts';
import type { LegacyReplacement, MigrationReport } from '../contract/migration.ts';
import type { Clock } from '../ports/clock.ts';
import type { ControlClient } from '../ports/control.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { EntryChange, OsEntry } from '../ports/os-scheduler.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import type { ChangeHistory } from '../services/history/change-history.ts';
import type { MigrationOptions } from '../services/migration/migrate.ts';
import type { Agents } from '../services/consent/agents.ts';
import type { Retention } from '../services/settings/retention.ts';
import type { ScheduleRestore } from '../services/history/schedule-restore.ts';
import type { ScheduleSync } from '../services/os-entries/schedule-sync.ts';
import type { SlotHistory } from '../services/schedule/slot-history.ts';
import type { TaskManager } from '../services/tasks/task-manager.ts';
import type { TestRuns } from '../services/runs/test-runs.ts';
import type { TimingExecutor } from '../services/firing/timing-executor.ts';
import type { Transfer } from '../services/transfer/transfer.ts';

export type TaskOperations = Pick<
  TaskManager,
  | 'create'
  | 'list'
  | 'get'
  | 'update'
  | 'pause'
  | 'resume'
  | 'delete'
  | 'skipNext'
  | 'pauseAll'
  | 'resumeAll'
  | 'timings'
  | 'understand'
>;

/** Starting and stopping runs in this process. A running primary is asked first, see `operations/runs.ts`. */
export type RunOperations = Pick<TimingExecutor, 'fireTiming' | 'runTask' | 'cancel'> & {
  /** Runs what is not saved. */
  readonly testDraft: TestRuns['begin'];
};
export type ExecutionRecords = Pick<Ledger, 'get' | 'list'>;
export type EntryOperations = Pick<ScheduleSync, 'kind' | 'entries' | 'legacyEntries' | 'sync' | 'preview'>;
export type RetentionOperations = Pick<Retention, 'run'>;
export type TransferOperations = Pick<
  Transfer,
  'exported' | 'exportedGroup' | 'read' | 'installed' | 'preview' | 'apply'
>;
export type HistoryOperations = Pick<ChangeHistory, 'list' | 'get' | 'findTaskId' | 'undo' | 'undoAll'>;
export type BackupOperations = Pick<ScheduleRestore, 'list' | 'preview' | 'restore'>;
export type AgentOperations = Pick<Agents, 'clients' | 'proposals' | 'perform' | 'submit' | 'revoke' | 'undo'>;
export type SlotOperations = Pick<SlotHistory, 'why' | 'missed'>;

/** Taking over what ncp left: its tasks, then its entries in the OS scheduler. */
export interface MigrationOperations {
  migrate(options: MigrationOptions): MigrationReport;
  /** Makes the OS entries match the schedule. */
  install(): Promise<EntryChange[]>;
  legacyEntries(): Promise<OsEntry[]>;
  replaceLegacyEntries(): Promise<LegacyReplacement>;
}

export interface DoctorOperations {
  diagnose(): Promise<readonly DoctorCheck[]>;
  /** Puts right what can be put right by itself, and checks again. */
  fix(): Promise<readonly DoctorCheck[]>;
}

/**
 * The product as commands and agents see it, made by the composition root. Each part is made when it is first asked
 * for, so that a command loads only what it needs.
 */
export interface Application {
  readonly version: string;
  /** Absolute. */
  readonly dataDir: string;
  /** IANA zone of this machine. */
  readonly timezone: string;
  readonly clock: Clock;
  /** What starts our command line again: absolute executable, then fixed arguments. */
  readonly command: readonly string[];
  tasks(): Promise<TaskOperations>;
  runs(): Promise<RunOperations>;
  executions(): Promise<ExecutionRecords>;
  slots(): Promise<SlotOperations>;
  history(): Promise<HistoryOperations>;
  backups(): Promise<BackupOperations>;
  migration(): Promise<MigrationOperations>;
  entries(): Promise<EntryOperations>;
  doctor(): Promise<DoctorOperations>;
  retention(): Promise<RetentionOperations>;
  transfer(): Promise<TransferOperations>;
  catalog(): Promise<ToolCatalog>;
  /** Consent: who may change what, and what waits for a person. */
  agents(): Promise<AgentOperations>;
  /** The running primary of this data directory, or null. Connected once, and closed by `close`. */
  primary(): Promise<ControlClient | null>;
  /** Calls a built-in tool or one of a configured MCP server once, without a task and without a record. */
  callTool(tool: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The scheduler without a window, until `stop`. Each event is one JSON document for people who watch. */
  serve(options: {
    readonly onEvent: (event: ServeEvent) => void;
    readonly stop: AbortSignal;
    /** Fill an empty data directory with the demo's tasks first. */
    readonly demo: boolean;
  }): Promise<void>;
  /** Ends connections and closes the ledger. */
  close(): Promise<void>;
}

/** `type` is `started`, `execution`, `stopped`, …; the other fields depend on it. */
export interface ServeEvent {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}
