import type { Execution } from '../../contract/execution.ts';
import type { Task } from '../../contract/task.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FleetFile, OwedOutcome } from '../../ports/fleet/fleet-file.ts';
import type { ClaimKey, ClaimState, SlotClaim } from '../../ports/fleet/slot-claims.ts';
import type { Logger } from '../../ports/logger.ts';
import { isAway, mostOffsetMs, type FleetConnection } from './fleet-connection.ts';

export interface FleetClaimsNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call' | 'clockOffsetMs'>;
  readonly file: FleetFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What became of the question whether this machine runs a slot. */
export type SlotGrant =
  | { readonly kind: 'won'; readonly held: HeldClaim }
  /** Another member started it. `detail` says which. */
  | { readonly kind: 'elsewhere'; readonly detail: string }
  /** Another process of this machine starts it. */
  | { readonly kind: 'own' }
  /** Nobody can know who runs it: the slot stays open. `detail` says why. */
  | { readonly kind: 'open'; readonly detail: string };

/** A claim that this process has won. */
export interface HeldClaim {
  /**
   * The run begins. Returns false if another member has taken the slot over: then it must not begin.
   * @param onLost called if another member takes the slot over while it runs
   */
  started(executionId: string, onLost: () => void): Promise<boolean>;
  /** The run has ended. Never throws: an outcome that cannot be written is written later. */
  ended(execution: Pick<Execution, 'status' | 'error'>): Promise<void>;
}

const beatMs = 10_000;

interface Running extends ClaimKey {
  readonly fence: number;
  readonly onLost: () => void;
}

/** Claims slots of tasks that one member of the fleet runs, and keeps the claims of this process while their runs last. */
export class FleetClaims {
  readonly #needs: FleetClaimsNeeds;
  readonly #running = new Set<Running>();
  #cancelBeat: (() => void) | null = null;

  constructor(needs: FleetClaimsNeeds) {
    this.#needs = needs;
  }

  /** Claims a start. Never throws: what goes wrong leaves the slot open. */
  async claim(task: Pick<Task, 'id' | 'name'>, slot: string, attempt: number): Promise<SlotGrant> {
    const { connection } = this.#needs;
    const key = { taskId: task.id, slot, attempt };
    try {
      const { memberId } = connection.membership();
      const offsetMs = await connection.clockOffsetMs();
      if (Math.abs(offsetMs) > mostOffsetMs) return { kind: 'open', detail: offsetText(offsetMs) };
      const result = await connection.call((database) => database.claims.claim(key, { id: memberId }));
      if (result.won) return { kind: 'won', held: this.#held(key, result.fence) };
      return lost(result.holder, memberId);
    } catch (problem) {
      this.#needs.logger.warn('Could not claim a slot in the fleet', {
        task: task.name,
        slot,
        problem: messageOf(problem),
      });
      return { kind: 'open', detail: openText(problem) };
    }
  }

  /** Returns what the other members did at the slots of a task, by slot, in (`from`, `until`]. @throws as the database. */
  async startedElsewhere(taskId: string, from: string, until: string): Promise<ReadonlyMap<string, string>> {
    const { memberId } = this.#needs.connection.membership();
    const claims = await this.#needs.connection.call((database) => database.claims.of(taskId, from, until));
    // The last attempt says how it ended.
    return new Map(
      claims.filter((claim) => claim.memberId !== memberId).map((claim) => [claim.slot, elsewhereText(claim)] as const),
    );
  }

  /** Writes the outcomes that could not be written when their runs ended. @throws as the database. */
  async payOwed(): Promise<void> {
    const { connection, file } = this.#needs;
    const { owed } = connection.membership();
    for (const { fence, state, reason, ...key } of owed)
      await connection.call((database) => database.claims.end(key, fence, { state, reason }));
    if (owed.length === 0) return;
    const paid = new Set(owed.map(nameOf));
    file.update((fleet) =>
      fleet === null ? null : { ...fleet, owed: fleet.owed.filter((one) => !paid.has(nameOf(one))) },
    );
  }

  /** Ends the signs of life of this process. */
  stop(): void {
    this.#cancelBeat?.();
    this.#cancelBeat = null;
  }

  #held(key: ClaimKey, fence: number): HeldClaim {
    const { connection, logger } = this.#needs;
    let running: Running | null = null;
    return {
      started: async (executionId, onLost) => {
        running = { ...key, fence, onLost };
        this.#running.add(running);
        this.#beatSoon();
        try {
          return await connection.call((database) => database.claims.started(key, fence, executionId));
        } catch (problem) {
          // The claim was won a moment ago, and the next signs of life say whether it still holds.
          logger.warn('Could not tell the fleet that a run began', { ...key, problem: messageOf(problem) });
          return true;
        }
      },
      ended: async (execution) => {
        if (running !== null) this.#running.delete(running);
        if (this.#running.size === 0) this.stop();
        await this.#end({ ...key, fence, ...endOf(execution) });
      },
    };
  }

  async #end(outcome: OwedOutcome): Promise<void> {
    const { connection, file, logger } = this.#needs;
    const { fence, state, reason, ...key } = outcome;
    try {
      await connection.call((database) => database.claims.end(key, fence, { state, reason }));
    } catch (problem) {
      logger.warn('Could not tell the fleet how a run ended; this is tried again later', {
        ...key,
        problem: messageOf(problem),
      });
      try {
        file.update((fleet) => (fleet === null ? null : { ...fleet, owed: [...fleet.owed, outcome] }));
      } catch (unwritten) {
        logger.error('Could not keep the outcome that the fleet does not know', {
          ...key,
          problem: messageOf(unwritten),
        });
      }
    }
  }

  #beatSoon(): void {
    this.#cancelBeat ??= this.#needs.clock.setTimer(() => void this.#beat(), beatMs);
  }

  async #beat(): Promise<void> {
    const { connection, logger } = this.#needs;
    const held = [...this.#running];
    try {
      const { memberId } = connection.membership();
      const claims = held.map(({ onLost: _, ...claim }) => claim);
      const gone = await connection.call((database) => database.claims.beat(memberId, claims));
      const names = new Set(gone.map(nameOf));
      for (const run of held) if (names.has(nameOf(run)) && this.#running.has(run)) run.onLost();
    } catch (problem) {
      logger.warn('Could not give the fleet a sign of life', { problem: messageOf(problem) });
    }
    this.#cancelBeat = null;
    if (this.#running.size > 0) this.#beatSoon();
  }
}

const nameOf = ({ taskId, slot, attempt }: ClaimKey): string => `${taskId} ${slot} ${attempt}`;

function lost(holder: SlotClaim | null, memberId: string): SlotGrant {
  if (holder === null) return { kind: 'elsewhere', detail: 'the fleet has settled the slots of that time' };
  if (holder.memberId === memberId && holder.state === 'running') return { kind: 'own' };
  return { kind: 'elsewhere', detail: elsewhereText(holder) };
}

const ends: Readonly<Record<Exclude<ClaimState, 'running'>, string>> = {
  success: '',
  failure: ', where it failed',
  cancelled: ', where it was cancelled',
  interrupted: ', which was lost while it ran',
  superseded: '',
};

const elsewhereText = ({ memberName, state }: SlotClaim): string =>
  state === 'running' ? `started on ${memberName}` : `ran on ${memberName}${ends[state]}`;

/** Why a slot stays open. */
function openText(problem: unknown): string {
  if (isAway(problem)) return "the fleet's database was away";
  return problem instanceof SchedulerError ? problem.message : `the fleet could not be asked: ${messageOf(problem)}`;
}

const offsetText = (ms: number): string =>
  `this machine's clock is ${Math.round(Math.abs(ms) / 1000)} s ${ms > 0 ? 'ahead of' : 'behind'} the fleet's database, so it claims nothing`;

function endOf({ status, error }: Pick<Execution, 'status' | 'error'>): Pick<OwedOutcome, 'state' | 'reason'> {
  const reason = error?.message.slice(0, 500) ?? null;
  if (error?.code === 'execution/superseded') return { state: 'superseded', reason };
  if (status === 'success' || status === 'cancelled' || status === 'interrupted') return { state: status, reason };
  return { state: 'failure', reason };
}
