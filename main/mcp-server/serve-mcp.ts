import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { ServeMcpOptions } from '../application/agent-side.ts';
import { messageOf } from '../domain/errors.ts';
import { createMcpServer } from './connection/create-server.ts';
import { Subscriptions } from './connection/subscriptions.ts';
import { LenientStdioTransport } from './protocol/stdio-transport.ts';

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
  const open: Subscriptions[] = [];
  const create = async (era: 'legacy' | 'modern'): Promise<McpServer> => {
    const server = await createMcpServer({ ...options, onProblem: (problem) => options.onProblem(problem) });
    const subscriptions = new Subscriptions(server, options.application);
    open.push(subscriptions);
    if (era === 'modern') {
      // Its subscriptions never reach the server: the SDK keeps them. Without a schedule there is nothing to follow.
      await subscriptions.followAll().catch((problem: unknown) => options.onProblem(new Error(messageOf(problem))));
    }
    return server;
  };
  const handle = serveStdio(({ era }) => create(era), {
    transport,
    onerror: (problem) => options.onProblem(problem),
  });
  await ended;
  for (const subscriptions of open) await subscriptions.close();
  await handle.close();
}
