import { SchedulerError } from '../../domain/errors.ts';
import type { ToolCatalog } from './tool-catalog.ts';

export interface ToolVerdict {
  /** Why the tool cannot be called like this, each a sentence. Empty if it can, or if its server could not be asked. */
  readonly problems: readonly string[];
  /** The server that could not be asked, and why. */
  readonly unverified: { readonly server: string; readonly reason: string } | null;
  /** JSON Schema of the parameters; null if it is unknown. */
  readonly schema: Readonly<Record<string, unknown>> | null;
}

/**
 * Checks whether a tool exists and takes these parameters. The remembered tools of a server are enough to accept, so
 * that saving a task does not wait. Only the server itself can refuse, because it may be newer than what is remembered.
 */
export async function verifyTool(
  catalog: ToolCatalog,
  tool: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<ToolVerdict> {
  const [server = ''] = tool.split(':', 1);
  try {
    const known = await catalog.find(tool);
    const accepted = known !== null && catalog.check(known, parameters).length === 0;
    const found = accepted ? known : await catalog.find(tool, { fresh: true });
    if (found === null) return refused([`The MCP server "${server}" has no tool ${tool}.`]);
    const problems = catalog.check(found, parameters).map((problem) => `${tool}: ${problem}.`);
    return { problems, unverified: null, schema: found.inputSchema };
  } catch (error) {
    if (!(error instanceof SchedulerError) || !error.code.startsWith('mcp/')) throw error;
    if (error.code === 'mcp/unknown-server') return refused([error.message]);
    return { problems: [], unverified: { server, reason: error.message }, schema: null };
  }
}

function refused(problems: readonly string[]): ToolVerdict {
  return { problems, unverified: null, schema: null };
}
