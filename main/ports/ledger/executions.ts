import type { Execution, ExecutionSetup, Outcome, Trigger } from '../../contract/execution.ts';
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

/** Executions, from start to outcome. */
export interface ExecutionRecords {
  /** Starts an execution without a claim: manual, test, retry, chain. */
  start(execution: NewExecution): void;
  /** The worker's process, for liveness and clean-up after a crash. */
  attachWorker(executionId: string, worker: ProcessIdentity): void;
  /** Writes the outcome. False if the execution was not `running` any more: the first outcome stands. */
  finish(executionId: string, result: ExecutionResult): boolean;
  /** Every execution not yet ended, with who runs it. */
  running(): { execution: Execution; owner: ProcessIdentity; worker: ProcessIdentity | null }[];
  get(executionId: string): Execution | null;
  /** What it was given at its start; null where that is not known. */
  setup(executionId: string): ExecutionSetup | null;
}
