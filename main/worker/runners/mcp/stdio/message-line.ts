import { deserializeMessage } from '@modelcontextprotocol/client';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';

export interface LineEvents {
  onMessage(message: JSONRPCMessage): void;
  /** Receives a line that is not a JSON-RPC message. */
  onGarbage(line: string): void;
}

/** Reads a line that a server wrote on stdout. */
export function readLine(text: string, events: LineEvents): void {
  if (text.trim() === '') return;
  let message: JSONRPCMessage;
  try {
    message = deserializeMessage(text);
  } catch {
    events.onGarbage(text);
    const id = answeredId(text);
    if (id !== null) events.onMessage(invalidAnswer(id));
    return;
  }
  events.onMessage(message);
}

/** Returns the id of the request that a line answers in a form that is not MCP; null if it answers none. */
function answeredId(line: string): string | number | null {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof answer !== 'object' || answer === null || 'method' in answer) return null;
  const { id } = answer as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** Ends the request at once: the SDK drops such an answer, and the request would wait until its time limit. */
function invalidAnswer(id: string | number): JSONRPCMessage {
  const message = 'the answer of the server is not valid MCP; the log has it';
  return { jsonrpc: '2.0', id, error: { code: -32603, message } };
}
