import { CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY, McpServer } from '@modelcontextprotocol/server';
import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { agentIdentity, type AgentIdentity } from '../../domain/agent-client.ts';
import { messageOf } from '../../domain/errors.ts';
import { instructions } from '../instructions.ts';
import { addPrompts } from '../prompts.ts';
import { completed, questionFor } from '../protocol/missing-parameters.ts';
import { answerOf, calledTool, hasTooMany, publishedTool, toolCall } from '../protocol/tool-calls.ts';
import { addResources } from '../resources.ts';
import { ownServer, ownTools } from '../tool-table.ts';

export interface McpServerNeeds {
  readonly application: () => Promise<Application>;
  readonly version: string;
  /** Offers only the tools that neither change nor run anything. */
  readonly readOnly: boolean;
  /** Goes before the name of each tool, such as `schedule_`. @default none */
  readonly toolPrefix?: string | undefined;
  /** Returns who calls, from the client's own name and version. @default the client as it calls itself */
  readonly identify?: (said: AgentIdentity) => AgentIdentity;
  /** Reports a protocol error, for the log. */
  onProblem(this: void, problem: Error): void;
}

/** Returns the MCP server for one connection. Every transport serves the same one. */
export async function createMcpServer(needs: McpServerNeeds): Promise<McpServer> {
  const { version, readOnly, toolPrefix = '' } = needs;
  const server = new McpServer(
    { name: ownServer, title: 'NCP Scheduler', version },
    {
      // If the application cannot be opened, the handshake succeeds all the same, and each tool says why.
      instructions: instructions(await needs.application().catch(() => null)),
      capabilities: {
        tools: {},
        resources: { subscribe: true },
        // The original system's way to say that clients should call `validate` before `create`.
        experimental: { toolValidation: { supported: true, method: 'validate' } },
      },
    },
  );
  const offered = ownTools
    .filter(({ hints }) => !readOnly || hints.readOnlyHint)
    .map((tool) => publishedTool(tool, toolPrefix));
  const clientOf = (context: ServerContext): AgentIdentity => {
    const said = clientSaid(server, context);
    return needs.identify?.(said) ?? said;
  };
  // Not by `registerTool`, which checks parameters before we do, in the words of Zod.
  server.server.setRequestHandler('tools/list', () => ({ tools: offered }));
  server.server.setRequestHandler('tools/call', async ({ params }, context) => {
    const client = clientOf(context);
    const toolContext = async () => {
      const application = await lookFor(needs, client);
      return { application: () => Promise.resolve(application), client, call: toolCall(context) };
    };
    const tool = calledTool(params.name, ownTools, readOnly, toolPrefix);
    // Nothing else reads such an input: that would block the process.
    if (hasTooMany(params.arguments))
      return answerOf(tool, params.arguments, toolContext, (problem) => needs.onProblem(problem));
    const question = questionFor(tool, params.arguments, context.mcpReq, capabilitiesOf(server, context));
    // An agent without any permission opens no form.
    const mayAsk =
      question !== null &&
      (await lookFor(needs, client).then(
        () => true,
        () => false,
      ));
    if (mayAsk) return question;
    const given = completed(tool, params.arguments, context.mcpReq);
    return answerOf(tool, given, toolContext, (problem) => needs.onProblem(problem));
  });
  addResources(server, (context) => lookFor(needs, clientOf(context)), clientOf);
  addPrompts(server);
  return server;
}

/** Returns the application if the agent may at least read. @throws SchedulerError `agent/revoked`. */
async function lookFor(needs: McpServerNeeds, client: AgentIdentity): Promise<Application> {
  const application = await needs.application();
  const { clients } = await application.agents();
  clients.assertMayLook(client);
  if (needs.readOnly) return application;
  try {
    clients.saw(client);
  } catch (problem) {
    // Recording the visit failed; the read is still allowed.
    needs.onProblem(new Error(messageOf(problem)));
  }
  return application;
}

/** Returns what the client can do, sent with each request since 2026 and only at the handshake before. */
function capabilitiesOf(server: McpServer, { mcpReq }: ServerContext): ClientCapabilities | undefined {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const said = envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  return said ?? server.server.getClientCapabilities();
}

const clientSchema = z.object({ name: z.string(), version: z.string() });

/** Returns the client's name for itself, sent with each request since 2026 and only at the handshake before. */
function clientSaid(server: McpServer, { mcpReq }: ServerContext): AgentIdentity {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const client = clientSchema.safeParse(envelope[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion());
  return agentIdentity(client.success ? client.data : null);
}
