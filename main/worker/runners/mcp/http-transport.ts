import { SSEClientTransport, SseError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { LostConnectionError } from './connection-loss.ts';
import { limitedFetch } from './limited-fetch.ts';
import type { AuthProvider, JSONRPCMessage, RequestId, Transport } from '@modelcontextprotocol/client';
import type { HttpServer, McpTrace, ServerToken } from './trace.ts';

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1];

/** Streamable HTTP by the SDK, which also reports the end of a stream on which a request waits for its answer. */
class WatchedHttpTransport extends StreamableHTTPClientTransport {
  readonly #waiting = new Set<RequestId>();
  readonly #lost: (problem: string) => void;
  #problem = '';

  constructor({ url, headers = {} }: HttpServer, trace: McpTrace, token: ServerToken | null) {
    super(new URL(url), { requestInit: { headers }, fetch: limitedFetch(trace), ...authOf(token) });
    this.#lost = (problem) => trace.loss.report(closed(problem));
  }

  override async send(message: JSONRPCMessage | JSONRPCMessage[], options?: SendOptions): Promise<void> {
    if (Array.isArray(message) || !('method' in message) || !('id' in message)) return super.send(message, options);
    const { id } = message;
    this.#problem = '';
    this.#waiting.add(id);
    const onRequestStreamEnd = (): void => {
      options?.onRequestStreamEnd?.();
      if (this.#waiting.has(id)) this.#lost(this.#problem);
    };
    return super.send(message, { ...options, onRequestStreamEnd });
  }

  answered(id: RequestId): void {
    this.#waiting.delete(id);
  }

  /** Keeps the first problem since the last request; later ones are its consequences. */
  failed(error: Error): void {
    this.#problem ||= error.message;
  }
}

export function httpTransport(
  server: HttpServer,
  trace: McpTrace,
  token: ServerToken | null,
): StreamableHTTPClientTransport {
  const transport = new WatchedHttpTransport(server, trace, token);
  const events: Transport = transport;
  events.onerror = (error) => transport.failed(error);
  events.onmessage = (message) => {
    if (!('method' in message) && message.id !== undefined) transport.answered(message.id);
  };
  return transport;
}

/**
 * Returns a transport for HTTP+SSE, which came before streamable HTTP. All answers come over one stream: when it ends,
 * the server forgets the session.
 * @see https://modelcontextprotocol.io/specification/2024-11-05/basic/transports
 */
export function sseTransport(
  { url, headers = {} }: HttpServer,
  trace: McpTrace,
  token: ServerToken | null,
): SSEClientTransport {
  const options = { requestInit: { headers }, fetch: limitedFetch(trace), ...authOf(token) };
  const transport = new SSEClientTransport(new URL(url), options);
  const events: Transport = transport;
  let isOpen = false;
  events.onmessage = () => (isOpen = true);
  events.onerror = (error) => {
    if (isOpen && error instanceof SseError) trace.loss.report(closed(error.message));
  };
  return transport;
}

/** Returns how a transport authenticates: with the token in every request, and with another one after a 401. */
function authOf(token: ServerToken | null): { authProvider?: AuthProvider } {
  if (token === null) return {};
  let current = token.value;
  const onUnauthorized = async (): Promise<void> => {
    current = await token.other();
  };
  return { authProvider: { token: () => Promise.resolve(current), onUnauthorized } };
}

function closed(problem: string): LostConnectionError {
  return new LostConnectionError(`closed the connection before it answered${problem === '' ? '' : ` (${problem})`}`);
}
