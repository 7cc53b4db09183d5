import { isBuiltIn } from '../../contract/built-in/built-ins.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import type { McpServer } from '../../contract/settings.ts';
import type { Tool } from '../../contract/tool.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ToolCatalog } from '../../services/tasks/tool-catalog.ts';
import type { ServerTool, ToolSession } from '../../ports/tool-servers.ts';
import { ConfiguredTools, unknownServer } from '../../services/tasks/configured-tools.ts';
import { loginVariables } from '../login-variables.ts';
import type { Outside } from '../outside.ts';
import { openServer, type ServerParts } from './server-access.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Where a server is connected to. */
interface Place {
  readonly outside: Outside;
  readonly parts: ServerParts;
  readonly stopping: AbortSignal;
}

/** Returns the tools of the configured MCP servers. Starts a server only when its tools are requested. */
export async function catalogOf(outside: Outside, parts: ServerParts, stopping: AbortSignal): Promise<ToolCatalog> {
  const [problems, memory] = await Promise.all([outside.parameterCheck(), outside.toolMemory()]);
  return new ConfiguredTools({
    servers: () => outside.settings.mcpServers(),
    listTools: (name, server) =>
      withServer({ outside, parts, stopping }, name, server, async (session) => ({
        server: session.server,
        tools: (await session.listTools()).map((tool) => toolOf(name, tool)),
      })),
    problems,
    memory,
    fingerprint: (server) => outside.fingerprint(server),
    clock: outside.clock,
    // In a separate process, so that a command does not wait for a server that takes ten seconds to start.
    refreshLater: (server) =>
      void outside.ownProgram().then((program) => program.launch(['tools', '--refresh', '--', server])),
  });
}

function toolOf(server: string, { name, title, description, inputSchema }: ServerTool): Tool {
  return { tool: `${server}:${name}`, title: title ?? name, description: description ?? '', inputSchema };
}

/**
 * Calls a tool once, without a task and without recording a run.
 * @throws SchedulerError of group `mcp`; `execution/failed` if a built-in tool does not succeed.
 */
export async function callTool(place: Place, tool: string, parameters: Parameters): Promise<unknown> {
  const { outside, stopping } = place;
  if (isBuiltIn(tool)) return callBuiltIn(outside, tool, parameters, stopping);
  const [name = ''] = tool.split(':', 1);
  const servers = outside.settings.mcpServers();
  const server = servers[name];
  if (server === undefined) throw unknownServer(tool, name, Object.keys(servers));
  return withServer(place, name, server, async (session) => {
    const answer = await session.callTool(tool.slice(name.length + 1), parameters);
    if (answer.isError === true) {
      const text = answer.content.map((part) => ('text' in part ? String(part['text']) : `[${part.type}]`)).join('\n');
      throw new SchedulerError('mcp/tool-error', text === '' ? `${tool} answered with an error.` : text, { tool });
    }
    return answer;
  });
}

async function withServer<T>(
  { outside, parts, stopping }: Place,
  name: string,
  configured: McpServer,
  use: (session: ToolSession) => Promise<T>,
): Promise<T> {
  const { server, env, token } = await openServer(outside, parts, name, configured);
  const session = await (await outside.toolServers()).connect(name, server, env, stopping, token);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** Runs a built-in tool in its own worker, like a task, but returns the log instead of keeping it. */
async function callBuiltIn(
  outside: Outside,
  tool: string,
  parameters: Parameters,
  stopping: AbortSignal,
): Promise<unknown> {
  const [{ WorkerExecutionRunner }, { WorkerPool }, { SharedWorkers }] = await Promise.all([
    import('../../services/runs/execution-runner.ts'),
    import('../../services/runs/workers/worker-pool.ts'),
    import('../../services/runs/workers/shared-workers.ts'),
  ]);
  const pool = new WorkerPool(await outside.workers());
  const { clock } = outside;
  const tree = await outside.processTree();
  const runner = new WorkerExecutionRunner({ pool, shared: new SharedWorkers({ pool, clock }), tree, clock });
  const log = await (await outside.logFiles()).scratch();
  const timeoutMs = outside.settings.read().defaultTimeout;
  const spec = {
    executionId: outside.newId(),
    taskName: tool,
    tool,
    parameters: { ...parameters },
    workingDirectory: outside.machine.workingDirectory,
    env: { ...(await loginVariables(outside)()) },
    logPath: log.path,
    outputLimitBytes: policyDefaults.outputLimitBytes,
    timeoutMs,
    mcpServer: null,
  };
  const events = { onWorker: () => undefined };
  try {
    const run = runner.run(spec, { timeoutMs, memoryBytes: null, processes: null, nice: 0 }, events);
    const cancel = (): void => run.cancel('cancelled');
    stopping.addEventListener('abort', cancel, { once: true });
    if (stopping.aborted) cancel();
    const { status, exitCode, result, error } = await run.finished;
    stopping.removeEventListener('abort', cancel);
    const text = await log.text();
    if (status === 'success') return { exitCode, result, log: text };
    const message = error?.message ?? `${tool} ended with ${status}.`;
    throw new SchedulerError('execution/failed', message, { status, exitCode, log: text });
  } finally {
    runner.close();
    await log.remove();
  }
}
