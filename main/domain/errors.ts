/** Groups of error codes; the CLI's exit code is chosen by group. */
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
  | 'secret'
  | 'desktop';

/**
 * The one error class of this product. `code` is `group/word` and stable; `message` is one or two sentences for a
 * person: the field, what was wrong, what would be right; `details` are the same facts for a program.
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

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
