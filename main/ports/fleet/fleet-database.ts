import type { FleetRuns } from './fleet-runs.ts';
import type { FleetMembers } from './fleet-members.ts';
import type { SharedTasks } from './shared-tasks.ts';
import type { SlotClaims } from './slot-claims.ts';

/** What tells one fleet from another. */
export interface FleetIdentity {
  /** UUID, made when the schema was created. */
  readonly id: string;
  /** Version of the schema, from 1. Newer than this program knows if the two can work side by side. */
  readonly schemaVersion: number;
  /** A run whose member gives no sign of life for so long is lost, in ms: the same for all members. @default 60000 */
  readonly leaseMs: number;
}

/** What an administrator decides for a whole fleet. */
export interface FleetSettings {
  /** 5,000 to 3,600,000. Absent: it stays as it is. */
  readonly leaseMs?: number;
}

/** What a member does when another one asks it for a log. */
export interface LogListener {
  readonly memberId: string;
  readonly asked: () => void;
}

/**
 * The database that the members of a fleet share. Every call that reaches it may throw `fleet/away` (no connection, or it
 * was lost in the call: what the call should have changed may have changed) and `fleet/denied` (the role may not do this).
 */
export interface FleetDatabase {
  readonly identity: FleetIdentity;
  readonly members: FleetMembers;
  readonly tasks: SharedTasks;
  readonly claims: SlotClaims;
  readonly runs: FleetRuns;
  /** Returns the clock of the database, in epoch ms. Leases use it. */
  nowMs(): Promise<number>;
  /**
   * Calls `listener` soon after any member changed tasks, joined or left, this one included, and at least once a minute:
   * notifications do not pass every connection pool. Claims and signs of life change too often to notify. Returns the
   * function that stops it. Never throws: while the database is away it listens again as soon as it can.
   * @param asked called when another member asks this one for a log; `listener` is not called then
   */
  watch(listener: () => void, asked?: LogListener): () => void;
  close(): Promise<void>;
}

/** The way to the databases of fleets. Loads its driver at the first call. */
export interface FleetAccess {
  /**
   * Creates the schema, or upgrades it to this version; does nothing if it is current, or newer and still usable.
   * @throws SchedulerError `fleet/url` (not a PostgreSQL address), `fleet/insecure` (another host without TLS that checks the
   * certificate), `fleet/away`, `fleet/denied`, `fleet/newer` (the schema was made by a newer version, which this one
   * cannot use), `fleet/no-database` (the server has no database of this name).
   */
  init(url: string, settings?: FleetSettings): Promise<FleetIdentity>;
  /**
   * Returns how people name the database: its name, host and port, without user and password.
   * @throws SchedulerError `fleet/url`, `fleet/insecure`.
   */
  place(url: string): string;
  /**
   * Returns the address that another machine joins with: without the password, and without files of this machine.
   * @throws SchedulerError `fleet/url`, `fleet/insecure`.
   */
  withoutPassword(url: string): string;
  /** Returns the SQL that `init` runs, with the roles and grants, for an administrator. */
  initScript(): string;
  /** @throws SchedulerError as `init`; also `fleet/none` (no fleet there), `fleet/older` (an upgrade by `init` is needed). */
  open(url: string): Promise<FleetDatabase>;
}
