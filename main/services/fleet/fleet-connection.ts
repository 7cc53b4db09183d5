import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FleetAccess, FleetDatabase } from '../../ports/fleet/fleet-database.ts';
import type { FleetFile, JoinedFleet } from '../../ports/fleet/fleet-file.ts';
import type { SecretCipher } from '../../ports/secrets.ts';

export interface FleetConnectionNeeds {
  readonly file: FleetFile;
  readonly access: FleetAccess;
  readonly cipher: SecretCipher;
  readonly clock: Clock;
}

/** A database that did not answer is not asked again for so long: a group of many tasks would wait for each of them. */
const restMs = 5000;
/** A member whose clock is further off claims nothing. */
export const mostOffsetMs = 30_000;

/** The connection of this process to the database of its fleet, opened at its first use. */
export class FleetConnection {
  readonly #needs: FleetConnectionNeeds;
  #opened: { readonly database: Promise<FleetDatabase>; readonly lockedUrl: string } | null = null;
  #offset: { readonly ms: number; readonly atMs: number } | null = null;
  #failed: { readonly problem: unknown; readonly atMs: number } | null = null;

  constructor(needs: FleetConnectionNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `fleet/not-joined`, `store/fleet-unreadable`. */
  membership(): JoinedFleet {
    const fleet = this.#needs.file.read();
    if (fleet !== null) return fleet;
    throw new SchedulerError('fleet/not-joined', 'This machine is in no fleet. `fleet join` joins one.');
  }

  /** @throws SchedulerError `fleet/away`, `fleet/…`, `secret/locked`. */
  async database(): Promise<FleetDatabase> {
    const { clock } = this.#needs;
    if (this.#failed !== null && clock.now() - this.#failed.atMs < restMs) throw this.#failed.problem;
    try {
      const database = await this.#open();
      this.#failed = null;
      return database;
    } catch (problem) {
      this.#failed = { problem, atMs: clock.now() };
      throw problem;
    }
  }

  /** Calls the database; what it throws because it is away makes the next calls fail at once for a while. */
  async call<T>(action: (database: FleetDatabase) => Promise<T>): Promise<T> {
    const database = await this.database();
    try {
      return await action(database);
    } catch (problem) {
      if (isAway(problem)) this.#failed = { problem, atMs: this.#needs.clock.now() };
      throw problem;
    }
  }

  /** Returns this machine's clock minus the database's, in ms. Measured once a minute. @throws as `call`. */
  async clockOffsetMs(): Promise<number> {
    const { clock } = this.#needs;
    if (this.#offset !== null && Math.abs(clock.now() - this.#offset.atMs) < 60_000) return this.#offset.ms;
    const before = clock.now();
    const theirs = await this.call((database) => database.nowMs());
    const after = clock.now();
    this.#offset = { ms: Math.round((before + after) / 2 - theirs), atMs: after };
    return this.#offset.ms;
  }

  /** Returns the address of the database without its password; null if it cannot be decrypted. @throws `fleet/not-joined`. */
  invitation(): string | null {
    const { access } = this.#needs;
    const { lockedUrl } = this.membership();
    try {
      return access.withoutPassword(this.#unlocked(lockedUrl));
    } catch (problem) {
      if (problem instanceof SchedulerError) return null;
      throw problem;
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    // What comes next may be another fleet, or the same one after a person has looked.
    this.#failed = null;
    const database = await opened?.database.catch(() => null);
    await database?.close();
  }

  async #open(): Promise<FleetDatabase> {
    const { lockedUrl, fleetId } = this.membership();
    if (this.#opened?.lockedUrl !== lockedUrl) {
      await this.close();
      const database = this.#connect(lockedUrl, fleetId);
      this.#opened = { database, lockedUrl };
      database.catch(() => (this.#opened = null));
    }
    return this.#opened.database;
  }

  async #connect(lockedUrl: string, fleetId: string): Promise<FleetDatabase> {
    const database = await this.#needs.access.open(this.#unlocked(lockedUrl));
    const { id, leaseMs } = database.identity;
    if (id === fleetId && leaseMs >= shortestLeaseMs && leaseMs <= longestLeaseMs) return database;
    await database.close();
    if (id === fleetId) throw badLease(leaseMs);
    throw new SchedulerError(
      'fleet/other-fleet',
      'The database holds another fleet than the one that this machine joined. Leave the fleet, and join again.',
      { joined: fleetId, found: database.identity.id },
    );
  }

  #unlocked(lockedUrl: string): string {
    const problem = this.#needs.cipher.problem(lockedUrl);
    const refused = (why: string, cause?: unknown) =>
      new SchedulerError('fleet/locked', `The address of the fleet's database cannot be decrypted: ${why}`, {}, cause);
    if (problem !== null) throw refused(problem);
    try {
      return this.#needs.cipher.decrypt(lockedUrl);
    } catch (cause) {
      throw refused(`it was encrypted with another key. Leave the fleet, and join again. (${messageOf(cause)})`, cause);
    }
  }
}

/** The limits of its column. Anyone who owns the database can take them away. */
const [shortestLeaseMs, longestLeaseMs] = [5000, 3_600_000];

const badLease = (leaseMs: number): SchedulerError =>
  new SchedulerError(
    'fleet/damaged',
    `The fleet's database says that a run is lost after ${leaseMs} ms without a sign of life. It must be 5 seconds to 1 hour. Run \`fleet init\` with --lease again.`,
    { leaseMs },
  );

export const isAway = (problem: unknown): boolean => problem instanceof SchedulerError && problem.code === 'fleet/away';
