import { builtInNames, serverNameOf } from '../../../contract/built-in/built-ins.ts';
import { isDeeperThan } from '../../../contract/json-depth.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { mostLevels } from '../../../domain/success/json-levels.ts';
import { keepAnswer } from './answer/keep-answer.ts';
import { connectMcp } from './client.ts';
import { cancelled, failure, success } from '../runner.ts';
import { endLeftovers } from '../task-process.ts';
import type { KeptAnswer } from './answer/keep-answer.ts';
import type { McpConnection } from './connection.ts';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';

/**
 * Calls one tool of a configured MCP server. Starts or connects to the server for this call and disconnects afterwards.
 */
export async function runMcp(context: RunnerContext): Promise<RunnerOutcome> {
  const { spec, log, output, execution, signal } = context;
  const [name = '', ...rest] = spec.tool.split(':');
  const tool = rest.join(':');
  if (!spec.mcpServer) return unknownServer(spec.tool, name);
  let connection: McpConnection | null = null;
  let phase = `waiting for the MCP server "${name}" to be ready`;
  try {
    connection = await connectMcp(spec.mcpServer, {
      name,
      env: spec.env,
      cwd: spec.workingDirectory,
      ...execution,
      signal,
      ...(spec.kept === undefined ? {} : { kept: context.server }),
      token: spec.accessToken === undefined ? null : { value: spec.accessToken, other: context.otherToken },
      onStderr: (chunk) => output('err', chunk),
      onRemark: (text) => log.sys(text),
    });
    phase = `waiting for the response of ${spec.tool}`;
    const answer = await connection.callTool(tool, spec.parameters);
    if (isDeeperThan(answer, mostLevels)) return tooDeep(spec.tool);
    const kept = keepAnswer(answer, context);
    return answer.isError === true ? await toolFailure(kept, connection, name, tool) : success(kept.result);
  } catch (error) {
    if (signal.aborted) return cancelled(phase + refusedRequest(connection));
    if (!(error instanceof SchedulerError)) throw error;
    const unknown = connection ? await unknownTool(connection, name, tool) : null;
    return unknown ?? failure(error.code, error.message);
  } finally {
    await connection?.close();
    await endLeftovers(execution, log);
  }
}

function unknownServer(tool: string, name: string): RunnerOutcome {
  if (builtInNames.some((builtIn) => serverNameOf(builtIn) === name)) {
    const built = builtInNames.join(' and ');
    const message = `There is no tool ${tool}: no MCP server called "${name}" is configured, and the built-in tools are ${built}.`;
    return failure('execution/unknown-tool', message);
  }
  return failure(
    'mcp/unknown-server',
    `No MCP server called "${name}" is configured. Add it to mcpServers, or change the task's tool.`,
  );
}

function tooDeep(tool: string): RunnerOutcome {
  const message = `The answer of ${tool} is nested deeper than ${mostLevels} levels, so it cannot be recorded.`;
  return failure('mcp/tool-failed', message);
}

/** Says what the server may be waiting for. */
function refusedRequest(connection: McpConnection | null): string {
  return connection?.asked == null ? '' : `, after the server had asked for ${connection.asked} and was refused`;
}

async function toolFailure(
  { result, texts }: KeptAnswer,
  connection: McpConnection,
  name: string,
  tool: string,
): Promise<RunnerOutcome> {
  const text = texts.join('\n').slice(0, 2000) || 'the server gave no reason';
  const unknown = await unknownTool(connection, name, tool);
  return unknown ? { ...unknown, result } : failure('mcp/tool-failed', `The tool ${tool} failed: ${text}`, { result });
}

/**
 * Returns the outcome for an unknown tool, or null. Servers report it in many ways, so the tool list is requested after
 * a failure.
 */
async function unknownTool(connection: McpConnection, name: string, tool: string): Promise<RunnerOutcome | null> {
  try {
    const names = (await connection.listTools()).map((known) => known.name);
    if (names.includes(tool)) return null;
    const has = names.length === 0 ? 'It has no tools.' : `Its tools: ${names.slice(0, 30).join(', ')}.`;
    return failure('mcp/unknown-tool', `The MCP server "${name}" has no tool "${tool}". ${has}`);
  } catch {
    // The connection failed: the first error already says so.
    return null;
  }
}
