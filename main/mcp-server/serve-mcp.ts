import { CLIENT_INFO_META_KEY, McpServer } from '@modelcontextprotocol/server';
import type { ServerContext } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';
import type { Application } from '../application/application.ts';
import type { ServeMcpOptions } from '../application/agent-side.ts';
import { agentIdentity, type AgentIdentity } from '../domain/agent-client.ts';
import { messageOf } from '../domain/errors.ts';
import { instructions } from './instructions.ts';
import { addPrompts } from './prompts.ts';
import { LenientStdioTransport } from './protocol/stdio-transport.ts';
import { answerOf, calledTool, publishedTool, toolCall } from './protocol/tool-calls.ts';
import { addResources } from './resources.ts';
import { ownServer, ownTools } from './tool-table.ts';

/**
 * Serves our operations as MCP tools until the client disconnects or `stop` is aborted. Only this file and `protocol/`
 * use the stdio part of the MCP server SDK.
 */
export async function serveMcp(options: ServeMcpOptions): Promise<void> {
  const transport = new LenientStdioTransport(options.stdin, options.stdout);
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) options.stdin.once(event, () => resolve());
    options.stdout.once('error', () => resolve());
    options.stop.addEventListener('abort', () => resolve(), { once: true });
    if (options.stop.aborted) resolve();
  });
  const handle = serveStdio(() => createServer(options), {
    transport,
    onerror: (problem) => options.onProblem(problem),
  });
  await ended;
  await handle.close();
}

async function createServer(options: ServeMcpOptions): Promise<McpServer> {
  const { version, readOnly } = options;
  const server = new McpServer(
    { name: ownServer, title: 'NCP Scheduler', version },
    {
      // If the application cannot be opened, the handshake succeeds all the same, and each tool says why.
      instructions: instructions(await options.application().catch(() => null)),
      // The original system's way to say that clients should call `validate` before `create`.
      capabilities: { tools: {}, experimental: { toolValidation: { supported: true, method: 'validate' } } },
    },
  );
  const offered = ownTools.filter(({ hints }) => !readOnly || hints.readOnlyHint).map(publishedTool);
  // Not by `registerTool`, which checks parameters before we do, in the words of Zod.
  server.server.setRequestHandler('tools/list', () => ({ tools: offered }));
  server.server.setRequestHandler('tools/call', ({ params }, context) => {
    const client = clientOf(server, context);
    const toolContext = async () => {
      const application = await lookFor(options, client);
      return { application: () => Promise.resolve(application), client, call: toolCall(context) };
    };
    const tool = calledTool(params.name, ownTools, readOnly);
    return answerOf(tool, params.arguments, toolContext, (problem) => options.onProblem(problem));
  });
  addResources(server, (context) => lookFor(options, clientOf(server, context)));
  addPrompts(server);
  return server;
}

/** Returns the application if the agent may at least read. @throws SchedulerError `agent/revoked`. */
async function lookFor(options: ServeMcpOptions, client: AgentIdentity): Promise<Application> {
  const application = await options.application();
  const { clients } = await application.agents();
  clients.assertMayLook(client);
  if (options.readOnly) return application;
  try {
    clients.saw(client);
  } catch (problem) {
    // Recording the visit failed; the read is still allowed.
    options.onProblem(new Error(messageOf(problem)));
  }
  return application;
}

const clientSchema = z.object({ name: z.string(), version: z.string() });

/** Returns the client's name for itself, sent with each request since 2026 and only at the handshake before. */
function clientOf(server: McpServer, { mcpReq }: ServerContext): AgentIdentity {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const client = clientSchema.safeParse(envelope[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion());
  return agentIdentity(client.success ? client.data : null);
}
