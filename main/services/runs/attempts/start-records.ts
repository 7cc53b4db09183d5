import type { ExecutionRecords, NewExecution } from '../../../ports/ledger/executions.ts';
import type { SlotClaims } from '../../../ports/ledger/claims.ts';
import type { WriteLock } from '../../../ports/ledger/ledger.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { Budgets } from '../../budgets/budgets.ts';
import type { Attempt } from './attempt.ts';
import { BudgetGate } from './budget-gate.ts';
import { ClaimBatch } from './claim-batch.ts';
import { serversOf, type TaskServers } from './task-servers.ts';

export interface StartRecordsNeeds {
  readonly ledger: ExecutionRecords & SlotClaims & WriteLock;
  readonly environment: Pick<TaskEnvironment, 'mcpServer'>;
  readonly budgets: Pick<Budgets, 'refusal'>;
}

/** An attempt that may run. `servers` are those that were confirmed for it, so that it uses them; null if none were. */
interface RecordedStart {
  readonly servers: TaskServers | null;
}

/** Records the start of attempts in the ledger. */
export class StartRecords {
  readonly #needs: StartRecordsNeeds;
  readonly #claims: ClaimBatch;

  constructor(needs: StartRecordsNeeds) {
    this.#needs = needs;
    this.#claims = new ClaimBatch(needs.ledger);
  }

  /** Returns null if another process has claimed or decided the slot, or if a budget refuses the run. */
  async record(attempt: Attempt, execution: NewExecution): Promise<RecordedStart | null> {
    if (attempt.past !== undefined) return this.#claimPast(attempt, execution, attempt.past.replaces);
    const gate = new BudgetGate(this.#needs.budgets, attempt);
    const isSlot = attempt.slot !== null && attempt.attempt === 1;
    const recorded = isSlot ? await this.#claim(execution, gate.passes) : this.#start(attempt, execution, gate.passes);
    gate.tell();
    return recorded;
  }

  async #claim(execution: NewExecution, mayStart: () => boolean): Promise<RecordedStart | null> {
    return (await this.#claims.claim(execution, mayStart)) ? { servers: null } : null;
  }

  /** Records a run without a claim. */
  #start(
    { task, confirm, onRefused }: Attempt,
    execution: NewExecution,
    mayStart: () => boolean,
  ): RecordedStart | null {
    const { ledger, environment } = this.#needs;
    if (confirm === undefined && onRefused === undefined) {
      ledger.start(execution);
      return { servers: null };
    }
    return ledger.withWriteLock(() => {
      if (!mayStart()) return null;
      const servers = confirm === undefined ? null : serversOf(task, (name) => environment.mcpServer(name));
      if (servers !== null) confirm?.(execution.executionId, servers);
      ledger.start(execution);
      return { servers };
    });
  }

  /** Claims a slot of the past. */
  #claimPast({ task, confirm }: Attempt, execution: NewExecution, replaces: string | null): RecordedStart | null {
    const { ledger, environment } = this.#needs;
    if (confirm === undefined) return ledger.claimPast(execution, replaces) ? { servers: null } : null;
    return ledger.withWriteLock(() => {
      const servers = serversOf(task, (name) => environment.mcpServer(name));
      confirm(execution.executionId, servers);
      return ledger.claimPast(execution, replaces) ? { servers } : null;
    });
  }
}
