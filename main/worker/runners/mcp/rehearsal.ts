import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
// Loaded ahead, because a run needs it besides the client.
import './run-mcp.ts';

/**
 * Calls a tool of a server in memory. An idle worker does this ahead of its run: the client checks every message with
 * schemas that are compiled on first use, which takes longer than loading it.
 */
export async function rehearseMcp(): Promise<void> {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  theirs.onmessage = (message) => {
    const answer = answerTo(message);
    if (answer !== null) void theirs.send(answer);
  };
  const client = new Client({ name: 'ncp-scheduler', version: '1' }, { capabilities: {} });
  await client.connect(ours);
  await client.callTool({ name: 'rehearsal', arguments: {} }, { onprogress: () => undefined });
  await client.close();
}

function answerTo(message: JSONRPCMessage): JSONRPCMessage | null {
  if (!('id' in message) || !('method' in message)) return null;
  const { id, method, params } = message;
  const result =
    method === 'initialize'
      ? {
          protocolVersion: params?.['protocolVersion'],
          capabilities: { tools: {} },
          serverInfo: { name: 'rehearsal', version: '1' },
        }
      : { content: [{ type: 'text', text: 'done' }] };
  return { jsonrpc: '2.0', id, result };
}
