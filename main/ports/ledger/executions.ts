import type { Doubt } from '../../contract/doubt.ts';
import type { Execution, ExecutionCause, ExecutionSetup, Outcome, Trigger } from '../../contract/execution.ts';
import type { ProcessIdentity } from '../process-tree.ts';

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
  /** The run that this one follows. */
  readonly cause?: ExecutionCause | undefined;
  /** The accounts on which it counts, each with the day (`2026-11-29`) in the zone of its budget. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** The process that runs it and writes its outcome. If the process dies, the execution becomes `interrupted`. */
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
  /** Why a success is doubtful. */
  readonly doubt?: Doubt | undefined;
  /** True if a success has no output but white space; undefined if that is not known. */
  readonly isEmpty?: boolean | undefined;
  /** A mark to write in the same transaction: what its probe saw. Not if the outcome comes too late. */
  readonly mark?: { readonly name: string; readonly value: string } | undefined;
}

/** Records executions, from start to outcome. */
export interface ExecutionRecords {
  /** Records the start of an execution without a claim: manual, test, retry, chain. */
  start(execution: NewExecution): void;
  /** Records the worker's process, to check whether it is alive and to clean up after a crash. */
  attachWorker(executionId: string, worker: ProcessIdentity): void;
  /** Records the outcome. Returns false, and keeps the first outcome, if the execution is no longer `running`. */
  finish(executionId: string, result: ExecutionResult): boolean;
  /** Returns every execution that has not ended, with the processes that run it. */
  running(): { execution: Execution; owner: ProcessIdentity; worker: ProcessIdentity | null }[];
  get(executionId: string): Execution | null;
  /**
   * Returns of the latest `limit` successful runs of a task with this tool and these parameters, newest first, whether
   * each had no output. Omits runs of which that is not known.
   */
  emptiness(run: Pick<NewExecution, 'taskId' | 'tool' | 'parameters'>, limit: number): boolean[];
  /** Returns the settings with which it started; null if they are not known. */
  setup(executionId: string): ExecutionSetup | null;
}
