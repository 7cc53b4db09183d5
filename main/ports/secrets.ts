/** Encrypts texts with a key that the operating system stores for this person, or with one in a file. */
export interface SecretCipher {
  /** Returns why this encrypted text cannot be decrypted (null: nothing can be encrypted), as a sentence; null if it can. */
  problem(locked: string | null): string | null;
  /** Returns what a person should know about the key, as sentences; null if it is in the system's keychain. */
  note(): string | null;
  /** Returns a text that only this person can decrypt. */
  encrypt(value: string): string;
  /** @throws Error if the text was encrypted with another key. */
  decrypt(locked: string): string;
}

export interface LockedSecret {
  /** The encrypted value. */
  readonly locked: string;
  /** ISO instant. */
  readonly updatedAt: string;
}

/** Encrypted secrets on disk. */
export interface SecretFile {
  /**
   * Returns all secrets; none if the file does not exist.
   * @throws SchedulerError `store/secrets-unreadable`
   */
  read(): Readonly<Record<string, LockedSecret>>;
  /**
   * Reads, changes and writes in one step.
   * @throws SchedulerError `store/…`; an unreadable file stays unchanged.
   */
  update(change: (secrets: Record<string, LockedSecret>) => void): void;
}
