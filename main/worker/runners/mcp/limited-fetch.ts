import { largestMessageBytes } from '../../servers/server-program.ts';
import { MessageTooLargeError } from './connection-loss.ts';
import type { FetchLike } from '@modelcontextprotocol/client';
import type { McpTrace } from './trace.ts';

const LINE_FEED = 10;

/**
 * Returns a fetch that reports a message larger than `largestBytes` as the loss of the connection, and remembers that
 * the server asks for a sign-in.
 */
export function limitedFetch(
  trace: Pick<McpTrace, 'loss' | 'network' | 'wantsSignIn'>,
  largestBytes = largestMessageBytes,
): FetchLike {
  return async (url, init) => {
    const response = await (trace.network?.fetch ?? fetch)(url, init);
    const { ok, status, statusText, headers, body } = response;
    // RFC 9728, section 5.1: this leads to the authorization server.
    if (status === 401 && headers.get('www-authenticate')?.includes('resource_metadata')) trace.wantsSignIn = true;
    if (!ok || body === null) return response;
    const isStream = headers.get('content-type')?.includes('event-stream') ?? false;
    const counter = messageCounter(isStream, largestBytes, (error) => trace.loss.report(error));
    return new Response(body.pipeThrough(counter), { status, statusText, headers });
  };
}

/** Counts the bytes of a message: those of the whole body, or of one line in a stream of events. */
function messageCounter(
  isStream: boolean,
  largestBytes: number,
  onTooLarge: (error: MessageTooLargeError) => void,
): TransformStream<Uint8Array, Uint8Array> {
  let held = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      const lineEnd = isStream ? chunk.lastIndexOf(LINE_FEED) : -1;
      held = lineEnd === -1 ? held + chunk.length : chunk.length - lineEnd - 1;
      if (held <= largestBytes) return controller.enqueue(chunk);
      const error = new MessageTooLargeError();
      onTooLarge(error);
      controller.error(error);
    },
  });
}
