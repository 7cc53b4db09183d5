import type {
  DecisionReason,
  Execution,
  ExecutionFilter,
  ExecutionSetup,
  Outcome,
  SlotRecord,
  Trigger,
} from '../contract/execution.ts';
import type { AgentRecords } from './agent-records.ts';

/** A process, told apart from a later one with the same pid by its start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in a form that only has to be compared for equality (Linux: `starttime` of /proc/PID/stat). */
  readonly startedAt: string;
}

export interface NewExecution {
  readonly executionId: string;
  readonly taskId: string;
  readonly taskName: string;
  readonly timingId: string;
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly trigger: Trigger;
  /** ISO instant, or null for manual and test runs. */
  readonly slot: string | null;
  readonly attempt: number;
  readonly startedAt: string;
  readonly logPath: string | null;
  readonly setup?: ExecutionSetup;
  /** The process that runs it and will write the outcome: its death makes the execution `interrupted`. */
  readonly owner: ProcessIdentity;
}

export interface ExecutionResult {
  readonly status: Outcome;
  readonly completedAt: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly result: unknown;
  readonly error: Execution['error'];
  readonly logBytes: number;
  readonly peakMemoryBytes: number | null;
  readonly cpuMs: number | null;
}

export interface RunState {
  readonly taskId: string;
  /** Executions that were not skipped; retries and test runs do not count. */
  readonly executionCount: number;
  /** Slots (and catch-ups) that ended in success: what `maxExecutions` counts. */
  readonly successfulSlots: number;
  /** Failures and timeouts in a row up to now, manual and test runs not counted. */
  readonly consecutiveFailures: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
  readonly running: number;
}

export interface AuditEvent {
  readonly at: string;
  /** `window`, `cli`, `mcp:<client>@<version>`, `migration`, `scheduler`, `file` (found in `schedule.json`: somebody edited it). */
  readonly author: string;
  /** `task.create`, `task.update`, … */
  readonly action: string;
  readonly taskId: string | null;
  /** The task before, null where there was none; of `all.…` the pause of everything. */
  readonly before: unknown;
  readonly after: unknown;
  /** Holds together what was changed in one go, such as one import. Any text nobody else uses: a UUID. */
  readonly batch?: string | undefined;
  /** The change that this one took back. */
  readonly undoes?: number | undefined;
}

/** A change as it was recorded. */
export interface AuditRecord extends AuditEvent {
  /** Its number; a later change has a greater one. */
  readonly sequence: number;
}

/** Which changes; all that is given must hold. */
export interface AuditFilter {
  readonly taskId?: string | undefined;
  readonly author?: string | undefined;
  readonly batch?: string | undefined;
  /** ISO instant: not before it. */
  readonly since?: string | undefined;
  /** Only changes with a number below this one: the next page. */
  readonly before?: number | undefined;
}

/** Figures a task brings along from another scheduler. */
export interface CarriedRunState {
  readonly taskId: string;
  readonly executionCount: number;
  readonly successfulSlots: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
}

/** What happened when a damaged ledger was moved aside and a fresh one took its place. */
export interface LedgerReplacement {
  readonly at: string;
  /** Absolute path of the damaged file. */
  readonly movedTo: string;
  /** Rows of claims, run states, executions and audit that could still be read and are in the fresh ledger. */
  readonly rowsSaved: number;
  /** False when history may be missing. Slots up to `at` then count as past, so that nothing runs twice. */
  readonly complete: boolean;
}

/**
 * The record of what ran, what did not and why. Safe with many processes at once: each method is one short
 * transaction. All instants are ISO 8601 in UTC.
 */
export interface OutcomeStep {
  /** ISO instant of the step's start. */
  readonly at: string;
  readonly good: number;
  /** Failed, timed out or interrupted. */
  readonly bad: number;
}

export interface Ledger extends AgentRecords {
  /**
   * Claims (task, slot) and starts its execution in one transaction. False, and nothing is written, when the slot was
   * already claimed or decided by anybody. `execution.slot` must not be null.
   */
  claim(execution: NewExecution): boolean;
  /** Several claims in one transaction, each with its own answer: all are written or none. */
  claimAll(executions: readonly NewExecution[]): boolean[];
  /** Starts an execution without a claim: manual, test, retry, chain. */
  start(execution: NewExecution): void;
  /** The worker's process, for liveness and clean-up after a crash. */
  attachWorker(executionId: string, worker: ProcessIdentity): void;
  /** Writes the outcome. False if the execution was not `running` any more: the first outcome stands. */
  finish(executionId: string, result: ExecutionResult): boolean;
  /** Records why slots did not run. Slots already claimed or decided are left as they are. Returns how many were new. */
  decide(
    decisions: readonly { taskId: string; slot: string; reason: DecisionReason; detail: string | null; at: string }[],
  ): number;
  /**
   * The latest slot of this task that was claimed or decided, or null.
   * In a ledger that replaced a damaged one it is never before the replacement, see `LedgerReplacement.complete`.
   * @param atOrBefore leaves out later ones: `_timing-run --slot` may have claimed a slot of the future.
   */
  lastSlot(taskId: string, atOrBefore?: string): string | null;
  /** Claims and decisions of a task, oldest first, from `since` on. */
  slots(taskId: string, since: string): SlotRecord[];
  /** The latest `limit` slots of these tasks that were decided against, from `since` on, oldest first. */
  skippedSlots(taskIds: readonly string[], since: string, limit: number): SlotRecord[];
  /** Slots of all tasks that nobody ran (`missed`, `catch-up-window`), as far as recorded after `recordedSince`. */
  missedSlots(recordedSince: string): SlotRecord[];
  get(executionId: string): Execution | null;
  /** What it was given at its start; null where that is not known. */
  setup(executionId: string): ExecutionSetup | null;
  /** Newest first. */
  list(filter: ExecutionFilter): { executions: Execution[]; total: number };
  /**
   * How executions that started at or after `since` ended, by steps of `stepMs` from 1970 on; steps without any are left
   * out. Running, cancelled and skipped ones do not count.
   */
  outcomes(since: string, stepMs: number): OutcomeStep[];
  /** Every execution not yet ended, with who runs it. */
  running(): { execution: Execution; owner: ProcessIdentity; worker: ProcessIdentity | null }[];
  /** Run state of these tasks; tasks without any execution are answered with zeros. */
  runState(taskIds: readonly string[]): Map<string, RunState>;
  /** Removes ended executions and their slots' pointers. Never a running one. Returns the log paths to delete. */
  removeExecutions(executionIds: readonly string[]): string[];
  /**
   * Ids of ended executions that are not among the newest `keepPerTask` of their task, or started before
   * `startedBefore`; oldest first.
   */
  expired(rule: { readonly keepPerTask: number; readonly startedBefore: string }): string[];
  /** Ids of ended executions whose logs are too much, when the newest logs may take `keepBytes` together. */
  oversizedLogs(keepBytes: number): string[];
  /** Takes the logs away from ended executions, which stay themselves. Returns the log paths to delete. */
  forgetLogs(executionIds: readonly string[]): string[];
  /** Removes claims and decisions before `before`, but never a task's latest one. Returns how many. */
  removeSlots(before: string): number;
  /** Removes changes from before `before` that are not among the latest `keep` of all. Returns how many. */
  removeChanges(rule: { readonly before: string; readonly keep: number }): number;
  /**
   * Adds ended executions of another scheduler and the figures its tasks bring along. What is already known (an
   * execution by its id, a task with run state) is left as it is. Returns how many executions were new.
   */
  importHistory(history: {
    readonly executions: readonly Execution[];
    readonly runStates: readonly CarriedRunState[];
  }): number;
  /** The last time a damaged ledger was replaced, or null. */
  replacement(): LedgerReplacement | null;
  /** A short text kept under a name, in the same transactions as everything else; null where there is none. */
  mark(name: string): string | null;
  setMark(name: string, value: string): void;
  /** Records a change, and answers its number. */
  audit(event: AuditEvent): number;
  /** Every change of a task, oldest first. */
  auditTrail(taskId: string): AuditRecord[];
  /** Changes, newest first, at most `limit`. */
  changes(filter: AuditFilter, limit: number): AuditRecord[];
  /** One change by its number, or null. */
  change(sequence: number): AuditRecord | null;
  /** The changes that took this one back, oldest first; each may have been taken back itself. */
  undoersOf(sequence: number): number[];
  /** Runs `action` while this process holds the write lock that all processes share. @throws SchedulerError `store/locked`. */
  withWriteLock<T>(action: () => T): T;
  /** Changes whenever any other process wrote; for cheap polling. */
  changeCounter(): number;
  /** Calls `listener` after this process wrote. It must not throw. Returns the function that stops it. */
  watch(listener: () => void): () => void;
  close(): void;
}
