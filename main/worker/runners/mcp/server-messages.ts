import type { JSONRPCMessage } from '@modelcontextprotocol/client';

/**
 * Returns what a message of the server asks the client for, to be read after "asked for"; null if it asks for nothing
 * that the client refuses.
 */
export function requestOf(message: JSONRPCMessage): string | null {
  if (!('method' in message) || !('id' in message) || message.method === 'ping') return null;
  const said = message.params?.['message'];
  switch (message.method) {
    case 'elicitation/create':
      return `a person's answer${typeof said === 'string' ? ` to "${said.slice(0, 300)}"` : ''}`;
    case 'sampling/createMessage':
      return 'a text by a language model';
    case 'roots/list':
      return 'the folders that it may use';
    default:
      return message.method.slice(0, 100);
  }
}

/** Returns the progress that a message tells, as a line of the log; null if it tells none. */
export function progressOf(message: JSONRPCMessage): string | null {
  if (!('method' in message) || message.method !== 'notifications/progress') return null;
  const { progress, total, message: text } = message.params ?? {};
  if (typeof progress !== 'number') return null;
  const whole = typeof total === 'number' ? ` of ${total}` : '';
  return `Progress: ${progress}${whole} ${typeof text === 'string' ? text : ''}`.trimEnd();
}
