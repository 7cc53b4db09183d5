import { messageOf } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import type { FleetFile } from '../../../ports/fleet/fleet-file.ts';
import type { MemberStatus } from '../../../ports/fleet/fleet-members.ts';
import type { SlotClaim } from '../../../ports/fleet/slot-claims.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { FleetClaims } from '../slots/fleet-claims.ts';
import type { MemberLogs } from '../runs/member-logs.ts';
import type { RunReports } from '../runs/run-reports.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import type { Mirror } from '../definitions/mirror.ts';

export interface FleetBeatNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call' | 'clockOffsetMs'>;
  readonly mirror: Pick<Mirror, 'sync'>;
  readonly claims: Pick<FleetClaims, 'payOwed'>;
  readonly reports: Pick<RunReports, 'report'>;
  readonly logs: Pick<MemberLogs, 'answerAll'>;
  readonly status: (clockOffsetMs: number) => Promise<MemberStatus>;
  readonly file: Pick<FleetFile, 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Between two signs of life of a member, in ms. */
const beatMs = 30_000;
/** A lost run can be taken over for so long, in ms: later, nobody waits for its slot any more. */
const takeOverMs = 3_600_000;
const dayMs = 86_400_000;
/** Claims are kept for so long, then folded into a mark for each task, in ms. */
const keepMs = 90 * dayMs;
const lostReason = 'its member gave no sign of life';

/** What the primary does with news of the fleet. */
export interface FleetNews {
  /** The database answers again, or for the first time: slots that were left open may run. */
  returned(): void;
  /** Runs that ended because their members were lost. Called again until another attempt has followed, or an hour has passed. */
  lost(claims: readonly SlotClaim[]): void;
}

/** What a member listens to. */
interface Watched {
  readonly database: FleetDatabase;
  readonly memberId: string;
  readonly stop: () => void;
}

/** Gives signs of life, takes over what changed, and ends the runs of members that were lost. */
export class FleetBeat {
  readonly #needs: FleetBeatNeeds;
  #cancelTimer: (() => void) | null = null;
  #watched: Watched | null = null;
  #stopped = true;
  /** Since when the database has answered, in epoch ms; null while it is away. */
  #upSinceMs: number | null = null;
  #refreshedMs = 0;
  #foldedMs = 0;
  #leaseMs = 60_000;

  constructor(needs: FleetBeatNeeds) {
    this.#needs = needs;
  }

  /** Begins to follow the fleet. */
  start(news: FleetNews): void {
    this.#stopped = false;
    void this.#beat(news);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#watched?.stop();
    this.#watched = null;
  }

  /** Takes over what changed and gives one sign of life; does nothing if that was done a moment ago. @throws as the database. */
  async refresh(): Promise<void> {
    const { clock } = this.#needs;
    const isFollowing = !this.#stopped && this.#upSinceMs !== null;
    if (isFollowing && clock.now() - this.#refreshedMs < 2 * beatMs) return;
    await this.#once();
  }

  async #once(): Promise<void> {
    const { connection, mirror, claims, reports, status, clock, file } = this.#needs;
    const { memberId, draining: before } = connection.membership();
    await mirror.sync();
    await claims.payOwed();
    const said = await status(await connection.clockOffsetMs());
    const { draining } = await connection.call((database) => database.members.beat(memberId, said));
    if (draining !== before) file.update((fleet) => (fleet === null ? null : { ...fleet, draining }));
    // After the sign of life, which a long report must not delay.
    await reports.report();
    this.#refreshedMs = clock.now();
  }

  async #beat(news: FleetNews): Promise<void> {
    const { connection, clock, logger } = this.#needs;
    try {
      await this.#once();
      const wasAway = this.#upSinceMs === null;
      this.#upSinceMs ??= clock.now();
      if (wasAway) news.returned();
      await connection.call((database) => this.#follow(database));
      await this.#endLost(news);
      if (clock.now() - this.#foldedMs >= dayMs) {
        await connection.call((database) => database.claims.fold(keepMs));
        await connection.call((database) => database.runs.removeOld(keepMs));
        this.#foldedMs = clock.now();
      }
    } catch (problem) {
      if (this.#upSinceMs !== null) logger.warn('The fleet does not answer', { problem: messageOf(problem) });
      this.#upSinceMs = null;
    }
    if (!this.#stopped)
      this.#cancelTimer = clock.setTimer(() => void this.#beat(news), Math.min(beatMs, this.#leaseMs / 2));
  }

  /** After the database was away, members get half a lease to prolong theirs. */
  async #endLost(news: FleetNews): Promise<void> {
    const { connection, clock } = this.#needs;
    const isGrace = clock.now() - (this.#upSinceMs ?? Infinity) < this.#leaseMs / 2;
    const lost = await connection.call(async ({ identity, claims }) => {
      this.#leaseMs = identity.leaseMs;
      if (!isGrace) await claims.endLost(identity.leaseMs, lostReason);
      return claims.lost(takeOverMs);
    });
    if (lost.length > 0) news.lost(lost);
  }

  /** Receives changes of tasks, and that it drains, as soon as they are made. */
  async #follow(database: FleetDatabase): Promise<void> {
    const { connection, logger, logs } = this.#needs;
    const { memberId } = connection.membership();
    if (this.#stopped || (this.#watched?.database === database && this.#watched.memberId === memberId)) return;
    // After leaving and joining again, the connection is another one, and so may be the member's id.
    this.#watched?.stop();
    const trying = (failure: string, action: () => Promise<void>) => (): void =>
      void action().catch((problem: unknown) => logger.warn(failure, { problem: messageOf(problem) }));
    const asked = trying('Could not give out a log to the fleet', () => logs.answerAll());
    const changed = trying('Could not read the news of the fleet', async () => {
      await this.#once();
      await logs.answerAll();
    });
    this.#watched = { database, memberId, stop: database.watch(changed, { memberId, asked }) };
    // What was asked while nobody listened.
    asked();
  }
}
