/** The definition of a shared task as its author signed it. */
export interface SignedDefinition {
  readonly taskId: string;
  /** From 1; one more with each change. */
  readonly revision: number;
  /**
   * The exact text that was signed: JSON that repeats the id and the revision, so that neither can be exchanged. A deleted
   * task has one too, that says so.
   */
  readonly text: string;
  /** Ed25519 over the text as UTF-8, base64. */
  readonly signature: string;
  /** The member on which it was made, and its key (SPKI, base64). */
  readonly authorId: string;
  readonly authorKey: string;
}

export interface StoredDefinition extends SignedDefinition {
  /** Grows with every change in the fleet. */
  readonly change: number;
  /** ISO instant, by the database's clock. */
  readonly changedAt: string;
}

export type SaveResult =
  | { readonly saved: true; readonly change: number }
  /** Another revision was saved meanwhile; null if there is none. Nothing was changed. */
  | { readonly saved: false; readonly theirs: StoredDefinition | null };

/** Definitions that members share. What is read is not trusted: anyone who can write to the database can write here. */
export interface SharedTasks {
  /**
   * Saves the revision after the latest one, by compare-and-set. The first revision is 1. Says again that a revision was
   * saved if its answer was lost, also when others have saved later ones since.
   */
  save(definition: SignedDefinition): Promise<SaveResult>;
  /** Returns the latest revision of each task that changed after `change`, in order; 0 returns all. */
  changedSince(change: number): Promise<StoredDefinition[]>;
  /** Returns all revisions of a task, newest first: at most the last 100 are kept. */
  revisions(taskId: string): Promise<StoredDefinition[]>;
}
