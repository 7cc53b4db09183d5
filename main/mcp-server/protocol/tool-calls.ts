import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { CallToolResult, ServerContext, Tool } from '@modelcontextprotocol/server';
import { wireError } from '../../application/wire-error.ts';
import { safeLine } from '../../domain/escaped-text.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { hideInText } from '../../domain/secrets/hidden-text.ts';
import { hideSecrets } from '../../domain/secrets/hidden-values.ts';
import { closest } from '../../domain/words/closest.ts';
import type { OwnTool, ToolCall, ToolContext } from '../own-tool.ts';
import { shortened } from '../answers/shortened.ts';
import { publishedInput, publishedOutput } from './published-schema.ts';

/** Maximum number of members in an input, more than any real call has. Keeps a flood from blocking the process. */
const mostInputMembers = 20_000;

/** Returns a tool as the list of tools shows it. @param prefix goes before its name, where other servers have a tool of that name */
export function publishedTool({ name, title, description, input, output, hints }: OwnTool, prefix = ''): Tool {
  return {
    name: `${prefix}${name}`,
    title,
    description,
    inputSchema: publishedInput(input),
    outputSchema: publishedOutput(output),
    annotations: { ...hints },
  };
}

/**
 * Returns the tool that a call names.
 * @throws ProtocolError for a tool that does not exist, or that this server does not offer, and says why.
 */
export function calledTool(given: string, tools: readonly OwnTool[], readOnly: boolean, prefix = ''): OwnTool {
  // The names without it still work, for programs that know them.
  const name = given.startsWith(prefix) ? given.slice(prefix.length) : given;
  const found = tools.find((tool) => tool.name === name);
  if (found !== undefined && (!readOnly || found.hints.readOnlyHint)) return found;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, refusal(name, tools, found));
}

function refusal(name: string, tools: readonly OwnTool[], found: OwnTool | undefined): string {
  if (found !== undefined) {
    return `The tool "${name}" changes or runs something, and this server was started with --read-only. Tell the user that \`ncp-scheduler mcp\` without --read-only offers it.`;
  }
  const names = tools.map((tool) => tool.name);
  const meant = closest(name, names);
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`;
  return `There is no tool ${safeLine(name.slice(0, 100))}.${hint} The tools are ${names.join(', ')}.`;
}

/** Calls a tool. Every failure is an answer that the model reads. */
export async function answerOf(
  tool: OwnTool,
  parameters: unknown,
  context: () => Promise<ToolContext>,
  onProblem: (problem: Error) => void,
): Promise<CallToolResult> {
  try {
    assertNotTooMany(tool.name, parameters);
    const { structured, text } = await tool.call(parameters, await context());
    return { structuredContent: structured, content: [{ type: 'text', text }] };
  } catch (error) {
    const wire = wireError(error);
    if (wire.code === 'internal/unexpected' && error instanceof Error) onProblem(error);
    return { isError: true, content: [{ type: 'text', text: errorText(wire) }] };
  }
}

/** Characters of the details of an error. They may hold a whole run with its result. */
const mostDetails = 20_000;

function errorText({ code, message, details }: ReturnType<typeof wireError>): string {
  const heading = `${code}: ${hideInText(message)}`;
  if (Object.keys(details).length === 0) return heading;
  return `${heading}\n${safeLine(shortened(hideSecrets(details), mostDetails))}`;
}

function assertNotTooMany(name: string, parameters: unknown): void {
  if (!hasTooMany(parameters)) return;
  const message = `The parameters of ${name} have more than ${mostInputMembers} members. Put long content in a file and let the task read it.`;
  throw new SchedulerError('usage/invalid-parameters', message, { limit: mostInputMembers });
}

/** Returns whether an input has more members than are read. */
export function hasTooMany(parameters: unknown): boolean {
  const waiting: unknown[] = [parameters];
  for (let members = 0; waiting.length > 0; members += 1) {
    if (members > mostInputMembers) return true;
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inner: unknown[] = Object.values(value);
    waiting.push(...inner.slice(0, mostInputMembers + 1));
  }
  return false;
}

/** Returns the call as tools see it. */
export function toolCall({ mcpReq }: ServerContext): ToolCall {
  const token = mcpReq._meta?.progressToken;
  let progress = 0;
  return {
    signal: mcpReq.signal,
    progress: async (message) => {
      if (token === undefined) return;
      progress += 1;
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, progress, message } });
    },
  };
}
