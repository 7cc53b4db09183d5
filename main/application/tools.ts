import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { processTree } from '../adapters/process/process-tree.ts';
import { builtInTools } from '../contract/built-in-tools.ts';
import type { Tool } from '../contract/tool.ts';
import { policyDefaults } from '../contract/policy-defaults.ts';
import type { McpServer } from '../contract/settings.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import type { McpConnection } from '../worker/runners/mcp-client.ts';
import type { Core } from './core.ts';
import { loginVariables } from './login-variables.ts';
import { refreshApart } from './tool-checks.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The tools of this data directory's servers; a server is started only when its tools are asked for. */
export async function catalogOf(core: Core): Promise<ToolCatalog> {
  const [{ ConfiguredTools }, { parameterProblems }, { openToolMemory }] = await Promise.all([
    import('../services/tasks/configured-tools.ts'),
    import('../adapters/json-schema/parameter-check.ts'),
    import('../adapters/storage/tool-memory.ts'),
  ]);
  return new ConfiguredTools({
    servers: () => core.settings.mcpServers(),
    listTools: (name, server) =>
      withServer(core, name, server, async (connection) => ({
        server: connection.server,
        tools: (await connection.listTools()).map((tool) => toolOf(name, tool)),
      })),
    problems: parameterProblems,
    memory: openToolMemory(core.paths.tools),
    fingerprint: (server) => createHash('sha256').update(JSON.stringify(server)).digest('hex'),
    clock: core.clock,
    refreshLater: (server) => refreshApart(core.context.command, server),
  });
}

function toolOf(
  server: string,
  tool: {
    name: string;
    title?: string | undefined;
    description?: string | undefined;
    inputSchema: Record<string, unknown>;
  },
): Tool {
  const { name, title, description, inputSchema } = tool;
  return { tool: `${server}:${name}`, title: title ?? name, description: description ?? '', inputSchema };
}

/**
 * Calls a tool once, without a task and without a record.
 * @throws SchedulerError of group `mcp`; `execution/failed` when a built-in tool did not succeed.
 */
export async function callTool(
  core: Core,
  host: () => Promise<ProcessHost>,
  tool: string,
  parameters: Parameters,
): Promise<unknown> {
  if (builtInTools.some((candidate) => candidate.tool === tool))
    return callBuiltIn(core, await host(), tool, parameters);
  const [name = ''] = tool.split(':', 1);
  const servers = core.settings.mcpServers();
  const server = servers[name];
  if (server === undefined) {
    const { unknownServer } = await import('../services/tasks/configured-tools.ts');
    throw unknownServer(tool, name, Object.keys(servers));
  }
  return withServer(core, name, server, async (connection) => {
    const answer = await connection.callTool(tool.slice(name.length + 1), parameters);
    if (answer.isError === true) {
      const text = answer.content.map((part) => ('text' in part ? String(part['text']) : `[${part.type}]`)).join('\n');
      throw new SchedulerError('mcp/tool-error', text === '' ? `${tool} answered with an error.` : text, { tool });
    }
    return answer;
  });
}

async function withServer<T>(
  core: Core,
  name: string,
  server: McpServer,
  use: (connection: McpConnection) => Promise<T>,
): Promise<T> {
  const { connectMcp } = await import('../worker/runners/mcp-client.ts');
  const env = await loginVariables(core)();
  const connection = await connectMcp(server, { name, env, cwd: homedir(), executionId: randomUUID() });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** In a worker of its own, like a task, with a log that is shown instead of kept. */
async function callBuiltIn(core: Core, host: ProcessHost, tool: string, parameters: Parameters): Promise<unknown> {
  const [{ WorkerExecutionRunner }, { WorkerPool }] = await Promise.all([
    import('../services/runs/execution-runner.ts'),
    import('../services/runs/worker-pool.ts'),
  ]);
  const runner = new WorkerExecutionRunner({ pool: new WorkerPool(host), tree: processTree(), clock: core.clock });
  const directory = await mkdtemp(join(tmpdir(), 'ncp-scheduler-run-'));
  const logPath = join(directory, 'run.log');
  const { outputLimitBytes } = policyDefaults;
  const timeoutMs = core.settings.read().defaultTimeout;
  const spec = {
    executionId: randomUUID(),
    taskName: tool,
    tool,
    parameters: { ...parameters },
    workingDirectory: process.cwd(),
    env: { ...(await loginVariables(core)()) },
    logPath,
    outputLimitBytes,
    timeoutMs,
    mcpServer: null,
  };
  const events = { onWorker: () => undefined, onLog: () => undefined };
  try {
    const { status, exitCode, result, error } = await runner.run(
      spec,
      { timeoutMs, memoryBytes: null, nice: 0 },
      events,
    ).finished;
    const log = await readFile(logPath, 'utf8').catch(() => '');
    if (status === 'success') return { exitCode, result, log };
    throw new SchedulerError('execution/failed', error?.message ?? `${tool} ended with ${status}.`, {
      status,
      exitCode,
      log,
    });
  } finally {
    runner.close();
    await rm(directory, { recursive: true, force: true });
  }
}
