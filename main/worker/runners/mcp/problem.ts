import { SchedulerError } from '../../../domain/errors.ts';
import type { McpTrace } from './trace.ts';

/** Returns an error about the server of a trace; `what` completes "The MCP server …". */
export function problem(
  code: `mcp/${string}`,
  { name }: Pick<McpTrace, 'name'>,
  what: string,
  details: Record<string, unknown> = {},
): SchedulerError {
  return new SchedulerError(code, `The MCP server "${name}" ${what}`, { server: name, ...details });
}
