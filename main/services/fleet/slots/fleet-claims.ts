import type { Execution } from '../../../contract/execution.ts';
import type { Task } from '../../../contract/task.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FleetFile, JoinedFleet, OwedOutcome } from '../../../ports/fleet/fleet-file.ts';
import type { ClaimKey, ReleasedClaim, SlotClaim } from '../../../ports/fleet/slot-claims.ts';
import type { Logger } from '../../../ports/logger.ts';
import { isAway, mostOffsetMs, type FleetConnection } from '../fleet-connection.ts';
import { storiesOf, storyOf, type SlotStory } from './slot-stories.ts';

export interface FleetClaimsNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call' | 'clockOffsetMs'>;
  readonly file: FleetFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The execution that a slot would start. */
export interface SlotStart extends Omit<ClaimKey, 'taskId'> {
  readonly executionId: string;
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

/** A claim that this process has won: the fleet knows which execution runs the slot. */
export interface HeldClaim {
  /**
   * The run begins. `onLost` is called if the fleet gives it up while it runs; also, where another member would then make the
   * next attempt, once no sign of life has reached the fleet for as long as that takes.
   */
  begins(run: { readonly isTakenOver: boolean; readonly onLost: () => void }): void;
  /** The run does not begin: the slot can be claimed again. Never throws: what cannot be written is written later. */
  release(): Promise<void>;
  /** The run has ended. Never throws: an outcome that cannot be written is written later. */
  ended(execution: Pick<Execution, 'status' | 'error'>): Promise<void>;
}

/** Between two signs of life of a run, in ms; more often if the fleet gives a run up sooner. */
const mostBeatMs = 10_000;
const beatsPerLease = 6;
const defaultLeaseMs = 60_000;

interface Running extends ClaimKey {
  readonly fence: number;
  readonly isTakenOver: boolean;
  readonly onLost: () => void;
  /** When its last sign of life that reached the fleet was sent, in epoch ms. */
  seenMs: number;
}

/** What a member still has to write to the fleet. */
type Debts = Pick<JoinedFleet, 'owed' | 'releases'>;

/** Claims slots of tasks that one member of the fleet runs, and keeps the claims of this process while their runs last. */
export class FleetClaims {
  readonly #needs: FleetClaimsNeeds;
  readonly #running = new Set<Running>();
  #cancelBeat: (() => void) | null = null;
  #leaseMs = defaultLeaseMs;
  /** What the fleet does not know, and the disk could not keep either. */
  #unkept: Debts = { owed: [], releases: [] };

  constructor(needs: FleetClaimsNeeds) {
    this.#needs = needs;
  }

  /**
   * Claims a start for an execution. Never throws: what goes wrong leaves the slot open, also if the fleet could not confirm
   * that this execution is the one that runs it.
   */
  async claim(task: Pick<Task, 'id' | 'name'>, start: SlotStart): Promise<SlotGrant> {
    const { connection } = this.#needs;
    const { slot, attempt, executionId } = start;
    const key = { taskId: task.id, slot, attempt };
    try {
      const { memberId } = connection.membership();
      const offsetMs = await connection.clockOffsetMs();
      if (Math.abs(offsetMs) > mostOffsetMs) return { kind: 'open', detail: offsetText(offsetMs) };
      const result = await connection.call((database) => {
        this.#leaseMs = database.identity.leaseMs;
        return database.claims.claim(key, { id: memberId });
      });
      if (!result.won) return lost(result.holder, memberId);
      return await this.#confirmed(key, { memberId, fence: result.fence, executionId });
    } catch (problem) {
      this.#needs.logger.warn('Could not claim a slot in the fleet', {
        task: task.name,
        slot,
        problem: messageOf(problem),
      });
      return { kind: 'open', detail: openText(problem) };
    }
  }

  /** Returns what the members did at the slots of a task, by slot, both included. @throws as the database. */
  async stories(taskId: string, from: string, until: string): Promise<ReadonlyMap<string, SlotStory>> {
    const { memberId } = this.#needs.connection.membership();
    const claims = await this.#needs.connection.call((database) => database.claims.of(taskId, from, until));
    return storiesOf(claims, memberId);
  }

  /** Writes the outcomes and releases that could not be written in time. @throws as the database. */
  async payOwed(): Promise<void> {
    const { connection, file } = this.#needs;
    const { memberId, ...kept } = connection.membership();
    const owed = [...kept.owed, ...this.#unkept.owed];
    const releases = [...kept.releases, ...this.#unkept.releases];
    for (const { fence, state, reason, ...key } of owed)
      await connection.call((database) => database.claims.end(key, fence, { state, reason }));
    for (const { fence, executionId, ...key } of releases)
      await connection.call((database) => database.claims.release(key, { memberId, fence, executionId }));
    const unpaid = <T extends ClaimKey>(all: readonly T[], paid: readonly T[]): T[] => {
      const names = new Set(paid.map(nameOf));
      return all.filter((one) => !names.has(nameOf(one)));
    };
    const without = (debts: Debts): Debts => ({
      owed: unpaid(debts.owed, owed),
      releases: unpaid(debts.releases, releases),
    });
    this.#unkept = without(this.#unkept);
    if (kept.owed.length + kept.releases.length === 0) return;
    file.update((fleet) => (fleet === null ? null : { ...fleet, ...without(fleet) }));
  }

  /** Ends the signs of life of this process. */
  stop(): void {
    this.#cancelBeat?.();
    this.#cancelBeat = null;
  }

  /** Two processes of this machine can both win a claim: the fleet confirms it for one execution. */
  async #confirmed(key: ClaimKey, claim: ReleasedClaim): Promise<SlotGrant> {
    const { connection } = this.#needs;
    const { memberId, fence, executionId } = claim;
    try {
      if (await connection.call((database) => database.claims.started(key, fence, executionId)))
        return { kind: 'won', held: this.#held(key, claim) };
    } catch (problem) {
      // Perhaps it was written, and the answer was lost: then nobody else could start the slot.
      await this.#release(key, claim);
      throw problem;
    }
    const result = await connection.call((database) => database.claims.claim(key, { id: memberId }));
    return result.won ? { kind: 'open', detail: 'the fleet did not confirm the claim' } : lost(result.holder, memberId);
  }

  #held(key: ClaimKey, claim: ReleasedClaim): HeldClaim {
    const { fence } = claim;
    let running: Running | null = null;
    return {
      begins: (run) => {
        running = { ...key, fence, ...run, seenMs: this.#needs.clock.now() };
        this.#running.add(running);
        this.#beatSoon();
      },
      release: () => this.#release(key, claim),
      ended: async (execution) => {
        if (running !== null) this.#running.delete(running);
        if (this.#running.size === 0) this.stop();
        await this.#end({ ...key, fence, ...endOf(execution) });
      },
    };
  }

  async #release(key: ClaimKey, claim: ReleasedClaim): Promise<void> {
    const { connection } = this.#needs;
    const { fence, executionId } = claim;
    try {
      await connection.call((database) => database.claims.release(key, claim));
    } catch (problem) {
      const owed = { ...key, fence, executionId };
      this.#owe(key, problem, ({ releases, ...rest }) => ({ ...rest, releases: [...releases, owed] }));
    }
  }

  async #end(outcome: OwedOutcome): Promise<void> {
    const { connection, logger } = this.#needs;
    const { fence, state, reason, ...key } = outcome;
    try {
      const isWritten = await connection.call((database) => database.claims.end(key, fence, { state, reason }));
      if (!isWritten) logger.warn('The fleet had given a run up before it ended', { ...key, state });
    } catch (problem) {
      this.#owe(key, problem, ({ owed, ...rest }) => ({ ...rest, owed: [...owed, outcome] }));
    }
  }

  /** Keeps news that could not be written to the fleet, so that a later beat writes it. */
  #owe(key: ClaimKey, problem: unknown, keep: (debts: Debts) => Debts): void {
    const { file, logger } = this.#needs;
    const { taskId, slot, attempt } = key;
    const about = { taskId, slot, attempt };
    logger.warn('Could not tell the fleet what became of a slot; this is tried again later', {
      ...about,
      problem: messageOf(problem),
    });
    try {
      file.update((fleet) => (fleet === null ? null : { ...fleet, ...keep(fleet) }));
    } catch (unwritten) {
      // As while the disk is full: a claim that nobody ends would leave its slot open for good.
      this.#unkept = keep(this.#unkept);
      logger.error('Could not keep on disk what the fleet does not know', { ...about, problem: messageOf(unwritten) });
    }
  }

  #beatSoon(): void {
    this.#cancelBeat ??= this.#needs.clock.setTimer(() => void this.#beat(), this.#beatMs);
  }

  get #beatMs(): number {
    return Math.min(mostBeatMs, this.#leaseMs / beatsPerLease);
  }

  async #beat(): Promise<void> {
    const { connection, clock, logger } = this.#needs;
    const held = [...this.#running];
    const nowMs = clock.now();
    try {
      const { memberId } = connection.membership();
      const claims = held.map(({ taskId, slot, attempt, fence }) => ({ taskId, slot, attempt, fence }));
      const gone = new Set((await connection.call((database) => database.claims.beat(memberId, claims))).map(nameOf));
      for (const run of held) run.seenMs = nowMs;
      this.#lose(held.filter((run) => gone.has(nameOf(run))));
    } catch (problem) {
      logger.warn('Could not give the fleet a sign of life', { problem: messageOf(problem) });
      // Another member may start the next attempt now: two of them must not run at once.
      this.#lose(held.filter(({ isTakenOver, seenMs }) => isTakenOver && clock.now() - seenMs >= this.#leaseMs));
    }
    this.#cancelBeat = null;
    if (this.#running.size > 0) this.#beatSoon();
  }

  #lose(runs: readonly Running[]): void {
    for (const run of runs) if (this.#running.has(run)) run.onLost();
  }
}

const nameOf = ({ taskId, slot, attempt }: ClaimKey): string => `${taskId} ${slot} ${attempt}`;

function lost(holder: SlotClaim | null, memberId: string): SlotGrant {
  if (holder === null) return { kind: 'elsewhere', detail: 'the fleet has settled the slots of that time' };
  if (holder.memberId === memberId && holder.state === 'running') return { kind: 'own' };
  return { kind: 'elsewhere', detail: storyOf([holder], memberId) };
}

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
