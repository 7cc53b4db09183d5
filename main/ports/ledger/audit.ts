export interface AuditEvent {
  readonly at: string;
  /**
   * `window`, `cli`, `mcp:<client>@<version>`, `migration`, `scheduler`; `file` for a change that somebody made by
   * editing `schedule.json`.
   */
  readonly author: string;
  /** `task.create`, `task.update`, … */
  readonly action: string;
  readonly taskId: string | null;
  /** The task before the change, null if it did not exist. For actions `all.…`: the pause of all schedules. */
  readonly before: unknown;
  readonly after: unknown;
  /** Shared by all changes that were made together, such as those of one import. A unique text, such as a UUID. */
  readonly batch?: string | undefined;
  /** The change that this one undid. */
  readonly undoes?: number | undefined;
}

/** A recorded change. */
export interface AuditRecord extends AuditEvent {
  /** Number of the change; later changes have greater numbers. */
  readonly sequence: number;
}

/** Selects changes that meet all given conditions. */
export interface AuditFilter {
  readonly taskId?: string | undefined;
  readonly author?: string | undefined;
  /** Selects changes by any of these authors. */
  readonly authors?: readonly string[] | undefined;
  readonly batch?: string | undefined;
  /** ISO instant; selects changes at or after it. */
  readonly since?: string | undefined;
  /** Selects changes with a smaller number, for the next page. */
  readonly before?: number | undefined;
}

/** Records who changed what, and when. */
export interface AuditTrail {
  /** Records a change and returns its number. */
  audit(event: AuditEvent): number;
  /** Returns every change to a task, oldest first. */
  auditTrail(taskId: string): AuditRecord[];
  /** Returns at most `limit` changes, newest first. */
  changes(filter: AuditFilter, limit: number): AuditRecord[];
  /** Returns everyone who changed something, in alphabetical order. */
  authors(): string[];
  /** Returns the change with this number, or null. */
  change(sequence: number): AuditRecord | null;
  /** Returns the changes that undid this one, oldest first. Each of them may have been undone too. */
  undoersOf(sequence: number): number[];
}
