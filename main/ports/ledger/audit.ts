export interface AuditEvent {
  readonly at: string;
  /** `window`, `cli`, `mcp:<client>@<version>`, `migration`, `scheduler`, `file` (found in `schedule.json`: somebody edited it). */
  readonly author: string;
  /** `task.create`, `task.update`, … */
  readonly action: string;
  readonly taskId: string | null;
  /** The task before, null where there was none; of `all.…` the pause of everything. */
  readonly before: unknown;
  readonly after: unknown;
  /** Holds together what was changed in one go, such as one import. Any text nobody else uses: a UUID. */
  readonly batch?: string | undefined;
  /** The change that this one took back. */
  readonly undoes?: number | undefined;
}

/** A change as it was recorded. */
export interface AuditRecord extends AuditEvent {
  /** Its number; a later change has a greater one. */
  readonly sequence: number;
}

/** Which changes; all that is given must hold. */
export interface AuditFilter {
  readonly taskId?: string | undefined;
  readonly author?: string | undefined;
  readonly batch?: string | undefined;
  /** ISO instant: not before it. */
  readonly since?: string | undefined;
  /** Only changes with a number below this one: the next page. */
  readonly before?: number | undefined;
}

/** Who changed what, when. */
export interface AuditTrail {
  /** Records a change, and answers its number. */
  audit(event: AuditEvent): number;
  /** Every change of a task, oldest first. */
  auditTrail(taskId: string): AuditRecord[];
  /** Changes, newest first, at most `limit`. */
  changes(filter: AuditFilter, limit: number): AuditRecord[];
  /** One change by its number, or null. */
  change(sequence: number): AuditRecord | null;
  /** The changes that took this one back, oldest first; each may have been taken back itself. */
  undoersOf(sequence: number): number[];
}
