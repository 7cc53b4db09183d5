/** A machine (a data directory) that joined. */
export interface FleetMember {
  /** UUID. */
  readonly id: string;
  /** Unique in the fleet. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Its Ed25519 key: SPKI, base64. */
  readonly publicKey: string;
  /** Version of the product. */
  readonly version: string;
  /** ISO instant, by the database's clock. */
  readonly joinedAt: string;
  readonly status: MemberStatus;
  /** ISO instant of the last sign of life, by the database's clock. */
  readonly seenAt: string;
  /** It finishes what runs and takes nothing new. Any member can say so. */
  readonly draining: boolean;
}

/** What a member says of itself with each sign of life. */
export interface MemberStatus {
  readonly running: number;
  /** The most executions at once; null if unlimited. */
  readonly limit: number | null;
  /** Names of the tools' servers and of the secrets that it has. */
  readonly servers: readonly string[];
  readonly secrets: readonly string[];
  /** ISO instant of its next slot; null if it has none. */
  readonly nextRunAt: string | null;
  /** Its clock minus the database's, in ms. */
  readonly clockOffsetMs: number;
}

export type NewMember = Omit<FleetMember, 'joinedAt' | 'seenAt' | 'draining'>;

export interface FleetMembers {
  /** @throws SchedulerError `fleet/name-taken` (another member has this name), `fleet/key-changed` (same id, other key). */
  join(member: NewMember): Promise<void>;
  /** Removes a member; its shared tasks, claims and name in the history stay. Does nothing if it is gone. */
  leave(id: string): Promise<void>;
  /** Records a sign of life. Returns whether the member drains. @throws SchedulerError `fleet/not-a-member`. */
  beat(id: string, status: MemberStatus): Promise<{ readonly draining: boolean }>;
  /** Lets a member take nothing new, or ends this. A member that joins again drains no more. Does nothing if it is gone. */
  setDraining(id: string, draining: boolean): Promise<void>;
  /** Returns all members, by name. */
  list(): Promise<FleetMember[]>;
}
