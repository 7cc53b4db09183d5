import type { RefusedDefinition } from '../../contract/fleet.ts';
import type { ClaimKey, ClaimState } from './slot-claims.ts';

/** A key whose definitions this machine runs. */
interface AcceptedKey {
  /** Name of the member when its key was accepted. */
  readonly name: string;
  /** SPKI, base64. */
  readonly key: string;
  /** ISO instant. */
  readonly acceptedAt: string;
}

/** A key that was accepted, and whose definitions this machine no longer runs. */
interface WithdrawnKey {
  /** Name of the member when its key was accepted. */
  readonly name: string;
  /** SPKI, base64. */
  readonly key: string;
  /** ISO instant. */
  readonly withdrawnAt: string;
}

/** How a run ended that could not be written to the fleet yet. */
export interface OwedOutcome extends ClaimKey {
  readonly fence: number;
  readonly state: Exclude<ClaimState, 'running'>;
  readonly reason: string | null;
}

/** A claim whose run did not begin, and which could not be given back yet. */
interface OwedRelease extends ClaimKey {
  readonly fence: number;
  readonly executionId: string;
}

/** What this machine knows of the fleet that it joined. */
export interface JoinedFleet {
  readonly fleetId: string;
  /** This member: UUID. */
  readonly memberId: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** The encrypted connection string. */
  readonly lockedUrl: string;
  /** The database without its password, for people. */
  readonly address: string;
  readonly joinedAt: string;
  /** It takes nothing new: what the database said last. */
  readonly draining: boolean;
  /** By member id. */
  readonly accepted: Readonly<Record<string, AcceptedKey>>;
  readonly withdrawn: readonly WithdrawnKey[];
  /** Keys that were accepted of members that were removed, by member id: what they signed before still runs. */
  readonly removed: Readonly<Record<string, AcceptedKey>>;
  /** Which key signed the revision of each task that runs here, by task id. Absent for what was taken over by version 0.3.0. */
  readonly signers: Readonly<Record<string, { readonly revision: number; readonly key: string }>>;
  /** The last change that was taken over. */
  readonly change: number;
  /** The last accepted revision of each task, also of those that are shared no more. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Definitions that are not used here, by task id. */
  readonly refused: Readonly<Record<string, RefusedDefinition>>;
  readonly owed: readonly OwedOutcome[];
  readonly releases: readonly OwedRelease[];
}

/** The membership of this data directory, on disk. */
export interface FleetFile {
  /**
   * Returns null if this machine is in no fleet.
   * @throws SchedulerError `store/fleet-unreadable`
   */
  read(): JoinedFleet | null;
  /**
   * Reads, changes and writes in one step. Null removes the file.
   * @throws SchedulerError `store/…`; an unreadable file stays unchanged.
   */
  update(change: (fleet: JoinedFleet | null) => JoinedFleet | null): void;
}
