import { randomUUID } from 'node:crypto';
import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { McpHttpHandler, McpServer } from '@modelcontextprotocol/server';
import type { AgentHttp, AgentHttpCaller, ServeHttpOptions } from '../../application/agent-side.ts';
import { agentIdentity } from '../../domain/agent-client.ts';
import { messageOf } from '../../domain/errors.ts';
import { followResources } from './changed-resources.ts';
import { createMcpServer } from './create-server.ts';
import { Subscriptions } from './subscriptions.ts';

/** As much as a request over standard input may have. */
const maxRequestBodySize = 1024 * 1024;
/** The session that was used longest ago ends when there are more. */
const mostSessions = 100;

interface Session {
  readonly token: string;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly end: () => Promise<void>;
  usedAtMs: number;
}

/**
 * Serves the MCP server over streamable HTTP. Clients of the protocol until 2025-11-25 have sessions, later ones send
 * all that is needed with each request. The caller has checked the token, the name of the server and the origin.
 */
export async function serveHttpAgents(options: ServeHttpOptions): Promise<AgentHttp> {
  const { application, version, onProblem } = options;
  const sessions = new Map<string, Session>();
  const create = ({ name, readOnly }: AgentHttpCaller): Promise<McpServer> =>
    createMcpServer({
      application: () => Promise.resolve(application),
      version,
      readOnly,
      // The token is known for sure; what a client calls itself is not, and others could take its permission by it.
      identify: (said) => agentIdentity({ name, version: `${said.name} ${said.version}` }),
      onProblem,
    });
  const modern = new ModernHandlers(create, onProblem);
  const stop = await followResources(application, (uri) => modern.updated(uri));
  const open = async (caller: AgentHttpCaller): Promise<WebStandardStreamableHTTPServerTransport> => {
    const server = await create(caller);
    const subscriptions = new Subscriptions(server, () => Promise.resolve(application), caller.isValid);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize,
      onsessioninitialized: (id) => {
        const end = async (): Promise<void> => {
          sessions.delete(id);
          await subscriptions.close();
          await server.close();
        };
        sessions.set(id, { token: caller.key, transport, end, usedAtMs: application.clock.now() });
      },
      onsessionclosed: async (id) => {
        sessions.delete(id);
        await subscriptions.close();
      },
    });
    await server.connect(transport);
    return transport;
  };
  const legacy = async (request: Request, caller: AgentHttpCaller): Promise<Response> => {
    const id = request.headers.get('mcp-session-id');
    if (id === null) {
      await endOldest(sessions, onProblem);
      return (await open(caller)).handleRequest(request);
    }
    const session = sessions.get(id);
    // A session belongs to its token: the id alone opens nothing.
    if (session === undefined || session.token !== caller.key) return noSession();
    session.usedAtMs = application.clock.now();
    return session.transport.handleRequest(request);
  };
  return {
    fetch: async (request, caller) => {
      const isLegacy = await isLegacyRequest(request, undefined, { maxRequestBodySize });
      return isLegacy ? legacy(request, caller) : modern.of(caller).fetch(request);
    },
    close: async () => {
      stop();
      for (const session of [...sessions.values()]) await session.end();
      await modern.close();
    },
  };
}

/** One handler for each token, so that the streams of a revoked token can be closed. */
class ModernHandlers {
  readonly #create: (caller: AgentHttpCaller) => Promise<McpServer>;
  readonly #onProblem: (problem: Error) => void;
  readonly #handlers = new Map<string, { readonly handler: McpHttpHandler; readonly isValid: () => boolean }>();

  constructor(create: (caller: AgentHttpCaller) => Promise<McpServer>, onProblem: (problem: Error) => void) {
    this.#create = create;
    this.#onProblem = onProblem;
  }

  of(caller: AgentHttpCaller): McpHttpHandler {
    const known = this.#handlers.get(caller.key);
    if (known !== undefined) return known.handler;
    const options = { legacy: 'reject', maxRequestBodySize, onerror: this.#onProblem } as const;
    const handler = createMcpHandler(() => this.#create(caller), options);
    this.#handlers.set(caller.key, { handler, isValid: caller.isValid });
    return handler;
  }

  /** Tells who listens to this resource. The streams of a token that was revoked end instead. */
  updated(uri: string): void {
    for (const [key, { handler, isValid }] of this.#handlers) {
      if (isValid()) {
        handler.notify.resourceUpdated(uri);
        continue;
      }
      this.#handlers.delete(key);
      void handler.close().catch((problem: unknown) => this.#onProblem(new Error(messageOf(problem))));
    }
  }

  async close(): Promise<void> {
    for (const { handler } of this.#handlers.values()) await handler.close();
  }
}

async function endOldest(sessions: Map<string, Session>, onProblem: (problem: Error) => void): Promise<void> {
  if (sessions.size < mostSessions) return;
  const [oldest] = [...sessions.values()].sort((a, b) => a.usedAtMs - b.usedAtMs);
  await oldest?.end().catch((problem: unknown) => onProblem(new Error(messageOf(problem))));
}

/** 404 makes a client begin a new session (streamable HTTP of 2025-03-26 and later). */
function noSession(): Response {
  const error = { code: -32_001, message: 'This session has ended. Begin a new one with initialize.' };
  return Response.json({ jsonrpc: '2.0', id: null, error }, { status: 404 });
}
