import type { Approval } from '../../../contract/control.ts';
import type { Execution, Trigger } from '../../../contract/execution.ts';
import type { Task } from '../../../contract/task.ts';
import type { ResolvedPolicies } from '../../../domain/policy/resolved-policies.ts';
import type { BudgetRefusal } from '../../budgets/budgets.ts';
import type { SlotGrant } from '../../fleet/slots/fleet-claims.ts';
import type { TaskServers } from './task-servers.ts';

/**
 * Called in the transaction that records a run, with the MCP servers that the run will use. If it throws, nothing is
 * recorded and nothing runs.
 */
export type RunConfirmation = (executionId: string, servers: TaskServers) => void;

/** Checks runs against what a person approved. */
export interface RunApprovals {
  confirmation(approval: Approval, task: Task): RunConfirmation;
}

export interface Attempt {
  readonly task: Task;
  readonly policies: ResolvedPolicies;
  readonly trigger: Trigger;
  /** ISO instant, or null for manual, test and chained runs. */
  readonly slot: string | null;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Execution id of the first attempt. Absent for the first attempt. */
  readonly first?: string | undefined;
  /** The run that this one follows. Absent if it follows none. */
  readonly after?: Execution | undefined;
  /** For the first attempt of a backfill: when the claim was recorded that it replaces, or null. */
  readonly past?: { readonly replaces: string | null };
  /** Called if a budget keeps the run from starting: then nothing was recorded. Absent for a run that no budget stops. */
  readonly onRefused?: (refusal: BudgetRefusal) => void;
  /** Called if the fleet does not let this machine run the slot: then nothing was recorded. */
  readonly onUnclaimed?: (grant: Exclude<SlotGrant, { readonly kind: 'won' }>) => void;
  /** For a run without a slot, and for a backfill. */
  readonly confirm?: RunConfirmation | undefined;
}

export interface StartedAttempt {
  readonly executionId: string;
  /**
   * Resolves with the outcome as the ledger has it, or with error `store/…` if the ledger could not store it. Never
   * rejects.
   */
  readonly finished: Promise<Execution>;
}
