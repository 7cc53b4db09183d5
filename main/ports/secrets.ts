/** Locks texts with a key that the operating system keeps for this person. */
export interface SecretCipher {
  /** Why it cannot be used here, for people; null if it can. */
  problem(): string | null;
  /** Text that only this person's session can read back. */
  encrypt(value: string): string;
  /** @throws Error where the text was locked with another key. */
  decrypt(locked: string): string;
}

export interface LockedSecret {
  /** What the cipher made of the value. */
  readonly locked: string;
  /** ISO instant. */
  readonly updatedAt: string;
}

/** Locked secrets on disk. */
export interface SecretFile {
  /** A missing file has none. @throws SchedulerError `store/secrets-unreadable`. */
  read(): Readonly<Record<string, LockedSecret>>;
  /** Reads, changes and writes as one step. @throws SchedulerError `store/…`; an unreadable file is left as it is. */
  update(change: (secrets: Record<string, LockedSecret>) => void): void;
}
