import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import type { ClientCapabilities } from '@modelcontextprotocol/client';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/server';
import type { AgentPermission } from '../contract/agents.ts';
import { serveMcp } from '../mcp-server/serve-mcp.ts';
import type { MemoryApplication } from './memory-application.ts';

export interface ConnectedClient {
  readonly client: Client;
  /** Problems that the server reported with `onProblem`. */
  readonly problems: Error[];
  /** Closes both sides. */
  close(): Promise<void>;
}

const agentName = 'Test Agent';

/** Connects the official MCP client to our server through two pipes. */
export async function connectClient(
  application: MemoryApplication,
  options: {
    readonly readOnly?: boolean;
    readonly permission?: AgentPermission | undefined;
    readonly toolPrefix?: string;
    /** What the client can do. */
    readonly capabilities?: ClientCapabilities;
    /** The only version of the protocol that the client speaks, since 2026-07-28. @default those with a handshake */
    readonly protocol?: string;
  } = {},
): Promise<ConnectedClient> {
  const [toServer, toClient, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
  const problems: Error[] = [];
  const { permission } = options;
  if (permission !== undefined) (await application.agents()).clients.change(agentName, { permission }, 'test');
  const served = serveMcp({
    application: () => Promise.resolve(application),
    version: '1.2.3',
    readOnly: options.readOnly ?? false,
    toolPrefix: options.toolPrefix,
    stdin: toServer,
    stdout: toClient,
    stop: stop.signal,
    onProblem: (problem) => problems.push(problem),
  });
  const { capabilities = {}, protocol } = options;
  const negotiation = protocol === undefined ? {} : { versionNegotiation: { mode: { pin: protocol } } };
  const client = new Client({ name: agentName, version: '9.8' }, { capabilities, ...negotiation });
  await client.connect(pipeTransport(toServer, toClient));
  const close = async (): Promise<void> => {
    await client.close();
    stop.abort();
    await served;
  };
  return { client, problems, close };
}

function pipeTransport(output: PassThrough, input: PassThrough): Parameters<Client['connect']>[0] {
  const buffer = new ReadBuffer();
  const transport: Parameters<Client['connect']>[0] = {
    start: () => {
      input.on('data', (chunk: Buffer) => {
        buffer.append(chunk);
        for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage()) {
          transport.onmessage?.(message);
        }
      });
      return Promise.resolve();
    },
    send: (message) => {
      output.write(serializeMessage(message));
      return Promise.resolve();
    },
    close: () => {
      output.end();
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}
