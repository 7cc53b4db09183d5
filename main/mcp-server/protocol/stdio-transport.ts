import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { Batches } from './batches.ts';
import { IncomingLines } from './incoming-lines.ts';

/** Codes of JSON-RPC and MCP. */
const invalidParams = -32602;
const resourceNotFound = -32002;

/** The SDK's transport, with what older clients need: batches, null arguments and the code of an unknown resource. */
export class LenientStdioTransport extends StdioServerTransport {
  readonly #batches: Batches;
  #isLegacy = false;

  constructor(stdin: Readable, stdout: Writable) {
    // The SDK reports a failed write; `error` of the output ends the server.
    const send = (message: object): void => void super.send(message as JSONRPCMessage).catch(() => undefined);
    const batches = new Batches(send);
    super(stdin.pipe(new IncomingLines(batches, send)), stdout);
    this.#batches = batches;
  }

  override send(message: JSONRPCMessage): Promise<void> {
    const answer = 'id' in message && !('method' in message) ? this.#answer(message) : message;
    return answer === null ? Promise.resolve() : super.send(answer as JSONRPCMessage);
  }

  #answer(message: JSONRPCMessage & { readonly id?: unknown }): object | null {
    // Only the handshake of versions before 2026-07-28 has a negotiated version in its answer.
    if ('result' in message && 'protocolVersion' in message.result) this.#isLegacy = true;
    return this.#batches.answered(message.id, this.#isLegacy ? withOldCode(message) : message);
  }
}

/** Until 2025-11-25 an unknown resource is -32002; the SDK writes only the code of 2026-07-28. */
function withOldCode(message: JSONRPCMessage): object {
  if (!('error' in message) || message.error.code !== invalidParams) return message;
  const { data } = message.error;
  const isOfResource = typeof data === 'object' && data !== null && 'uri' in data && !('reason' in data);
  return isOfResource ? { ...message, error: { ...message.error, code: resourceNotFound } } : message;
}
