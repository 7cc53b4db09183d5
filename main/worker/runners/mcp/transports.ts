import { SseError } from '@modelcontextprotocol/client';
import { processTree } from '../../../adapters/process/process-tree.ts';
import { httpTransport, sseTransport } from './http-transport.ts';
import { statusOf } from './http-failures.ts';
import { Network } from '../network/network.ts';
import { MessageTooLargeError } from './connection-loss.ts';
import { SharedTransport } from './stdio/shared-transport.ts';
import { StdioTransport } from './stdio/stdio-transport.ts';
import { isHttp } from './trace.ts';
import type { Transport } from '@modelcontextprotocol/client';
import type { McpServer } from '../../../contract/settings.ts';
import type { ServerLink } from '../runner.ts';
import type { McpOptions } from './client.ts';
import type { TransportEvents } from './stdio/program-transport.ts';
import type { HttpServer, McpTrace, StdioServer } from './trace.ts';

/** Creates a transport whose losses and output reach the trace. */
export type TransportMaker = (trace: McpTrace, options: McpOptions) => Transport;

/**
 * Returns the transports to try, in order: a server that does not speak streamable HTTP may be older.
 * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#backwards-compatibility
 */
export function transportsOf(server: McpServer): readonly [TransportMaker, TransportMaker?] {
  if (!isHttp(server)) return [(trace, options) => stdioTransport(server, trace, options)];
  const http: TransportMaker = (trace, options) =>
    httpTransport(server, onNetwork(trace, options), options.token ?? null);
  const sse: TransportMaker = (trace, options) =>
    sseTransport(server, onNetwork(trace, options), options.token ?? null);
  switch (kindOf(server)) {
    case 'sse':
      return [sse];
    case 'http':
      return [http];
    default:
      return [http, sse];
  }
}

/** Returns whether an error of streamable HTTP means that the server may be an older one: exactly these, by the spec. */
export function mayBeOlder(error: unknown): boolean {
  return !(error instanceof SseError) && [400, 404, 405].includes(statusOf(error) ?? 0);
}

/** `type` as Claude Code and VS Code write it, `transport` as other programs do. */
function kindOf(server: HttpServer): 'sse' | 'http' | null {
  const written = server['type'] ?? server['transport'];
  if (typeof written !== 'string') return null;
  if (written.toLowerCase() === 'sse') return 'sse';
  return /http/i.test(written) ? 'http' : null;
}

function onNetwork(trace: McpTrace, options: McpOptions): McpTrace {
  trace.network = new Network({ env: options.env, onRemark: (sentence) => options.onRemark?.(sentence) });
  return trace;
}

function stdioTransport(server: StdioServer, trace: McpTrace, options: McpOptions): Transport {
  const { command, args = [], env = {}, cwd } = server;
  const events = programEvents(trace, options);
  if (options.kept !== undefined) return sharedTransport(options.kept, events, trace, options);
  return new StdioTransport(
    {
      file: command,
      args,
      cwd: cwd ?? options.cwd,
      env: { ...options.env, ...env },
      execution: { executionId: options.executionId, root: process.pid, tree: options.tree ?? processTree(true) },
    },
    { ...events, inHurry: () => options.signal?.aborted ?? false },
  );
}

function sharedTransport(
  link: ServerLink,
  events: TransportEvents,
  trace: McpTrace,
  { onRemark }: McpOptions,
): SharedTransport {
  return new SharedTransport(link, {
    ...events,
    onNote: (text) => onRemark?.(text),
    onLastWords: (text) => (trace.lastWords = text),
    onLost: (problem) => trace.loss.report(problem),
  });
}

function programEvents(trace: McpTrace, options: McpOptions): TransportEvents {
  return {
    onStderr: (chunk) => {
      trace.heard(chunk);
      options.onStderr?.(chunk);
    },
    onGarbage: (line) => {
      trace.garbage ??= line.slice(0, 200);
      options.onRemark?.(`Not an MCP message, on stdout: ${line.slice(0, 2000)}`);
    },
    onTooLarge: () => trace.loss.report(new MessageTooLargeError()),
  };
}
