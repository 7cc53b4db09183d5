/** Groups of error codes. The CLI chooses its exit code by group. */
export type ErrorGroup =
  | 'usage'
  | 'schedule'
  | 'task'
  | 'timing'
  | 'execution'
  | 'history'
  | 'store'
  | 'os'
  | 'mcp'
  | 'worker'
  | 'control'
  | 'agent'
  | 'calendar'
  | 'secret'
  | 'desktop'
  | 'web'
  | 'machine'
  | 'fleet';

/**
 * The product's only error class. `code` is `group/word` and never changes; `message` tells a person in one or two
 * sentences which field is wrong, why, and what would be right; `details` holds the same facts for a program.
 */
export class SchedulerError extends Error {
  readonly code: `${ErrorGroup}/${string}`;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: `${ErrorGroup}/${string}`,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SchedulerError';
    this.code = code;
    this.details = details;
  }
}

/** Returns the text of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
