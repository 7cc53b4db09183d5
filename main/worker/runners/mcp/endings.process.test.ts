import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../testing/free-port.ts';
import { hostile, listening, mcpRun, serverEntry } from '../../../testing/mcp-run.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';
import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { McpServer } from '../../../contract/settings.ts';

/** Starts the reference server over HTTP in a process of its own, and returns it with its port. */
async function everythingOver(kind: 'streamableHttp' | 'sse') {
  const port = await freePort();
  const child = spawn(process.execPath, [serverEntry('server-everything'), kind], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/listening|running|port/i);
  return { child, port };
}

/** Kills a server in the middle of a call that would take an hour, and returns the outcome. */
async function killedInCall(child: ChildProcess, mcpServer: McpServer) {
  const { start } = await runnerFixture();
  const call = { duration: 3600, steps: 36_000 };
  const started = start('s:trigger-long-running-operation', call, { mcpServer, timeoutMs: 3_600_000 });
  await expect.poll(started.log, { timeout: 30_000 }).toContain('Progress: 1 of');
  child.kill('SIGKILL');
  const result = await started.finished;
  return { result, message: result.error?.message ?? '' };
}

type Message = { id?: number; method: string };
type Answer = (message: Message, response: ServerResponse) => void;

/** Listens as an MCP server over HTTP that answers `initialize`, and every other request by `answer`. */
const mcpServer = (answer: Answer) =>
  listening((request, response) => void served(request, response, answer)).then((origin) => ({ url: `${origin}/mcp` }));

async function served(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  const message = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Message;
  if (message.id === undefined) return void response.writeHead(202).end();
  if (message.method !== 'initialize') return answer(message, response);
  const serverInfo = { name: 'x', version: '1' };
  json(response, {
    id: message.id,
    result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo },
  });
}

function json(response: ServerResponse, message: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', ...message }));
}

const eventStream = { 'content-type': 'text/event-stream' };

describe('a server that refuses the first message', () => {
  it('is reported with its own reason over stdio, although it ends once its input closes', async () => {
    const { result, message } = await mcpRun(hostile('refuses'), 's:t');
    expect(result.error?.code).toBe('mcp/refused');
    expect(message).toContain('refused to start: LICENSE_KEY is not set');
  });

  it('is reported with its own reason over HTTP', async () => {
    const url = await listening((_request, response) =>
      json(response, { id: 0, error: { code: -32000, message: 'LICENSE_KEY is not set' } }),
    );
    const { result, message } = await mcpRun({ url }, 's:t');
    expect(result.error?.code).toBe('mcp/refused');
    expect(message).toContain('refused to start: LICENSE_KEY is not set');
  });

  it('is reported with the reason in the body of an HTTP status', async () => {
    const url = await listening((_request, response) =>
      json(response, { id: null, error: { code: -32000, message: 'no seat left' } }, 402),
    );
    const { message } = await mcpRun({ url }, 's:t');
    expect(message).toMatch(/HTTP status 402: .* It said: no seat left\./);
  });

  it('is reported with the version of the protocol that it speaks', async () => {
    const { result, message } = await mcpRun(hostile('other-version'), 's:t');
    expect(result.error?.code).toBe('mcp/refused');
    expect(message).toContain('speaks version 1999-01-01 of the protocol');
  });
});

describe('a connection lost in a call', () => {
  it('ends the call when the HTTP server is killed, long before the time limit', async () => {
    const { child, port } = await everythingOver('streamableHttp');
    const { result, message } = await killedInCall(child, { url: `http://127.0.0.1:${port}/mcp` });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/connection-lost' } });
    expect(message).toMatch(/closed the connection before it answered .*while it processed trigger-long-running-/);
  });

  it('ends the call when the server ends the stream without an answer', async () => {
    const server = await mcpServer(
      (_message, response) => void response.writeHead(200, eventStream).end(': nothing\n\n'),
    );
    const { result, message } = await mcpRun(server, 's:t');
    expect(result.error?.code).toBe('mcp/connection-lost');
    expect(message).toContain('closed the connection before it answered while it processed t.');
  });

  it('ends the call when the answer breaks off in its middle', async () => {
    const server = await mcpServer((_message, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"jsonrpc":', () => response.destroy());
    });
    const { result, message } = await mcpRun(server, 's:t');
    expect(result.error?.code).toBe('mcp/connection-lost');
    expect(message).toMatch(/lost the connection while it processed t: /);
  });

  it('ends the call when a restarted server has forgotten the session', async () => {
    const server = await mcpServer((_message, response) => void response.writeHead(404).end());
    const { result, message } = await mcpRun(server, 's:t');
    expect(result.error?.code).toBe('mcp/connection-lost');
    expect(message).toContain('no longer knows this session');
  });
});

describe('a message that is too large', () => {
  it('ends the call at once over stdio', async () => {
    const { result, message } = await mcpRun(hostile('huge'), 's:t');
    expect(result.error?.code).toBe('mcp/message-too-large');
    expect(message).toContain('a message of more than 64 MiB while it processed t.');
  });

  it.each(['application/json', 'text/event-stream'])('ends the call at once over HTTP as %s', async (type) => {
    const server = await mcpServer((_message, response) => {
      response.writeHead(200, { 'content-type': type });
      response.write(type === 'text/event-stream' ? 'data: "' : '"');
      const part = Buffer.alloc(1024 ** 2, 'a');
      const fill = (): void => {
        while (!response.destroyed) if (!response.write(part)) return void response.once('drain', fill);
      };
      fill();
    });
    const { result, message } = await mcpRun(server, 's:t');
    expect(result.error?.code).toBe('mcp/message-too-large');
    expect(message).toContain('a message of more than 64 MiB');
  });
});

describe('a request of the server', () => {
  it('is refused and logged, and the call goes on', async () => {
    const { result, log } = await mcpRun(hostile('asks'), 's:t');
    expect(result.status).toBe('success');
    expect(log).toContain('The server asked for a person\'s answer to "Which account?". This was refused');
    expect(log).toContain('The server asked for a text by a language model. This was refused');
    expect(log).toContain('The server asked for the folders that it may use. This was refused');
  });

  it('is named by the time-out of a server that waits for it', async () => {
    const { result, message } = await mcpRun(hostile('asks', 'hangs'), 's:t', {}, { timeoutMs: 6000 });
    expect(result.status).toBe('timeout');
    expect(message).toContain('after the server had asked for the folders that it may use and was refused');
  });
});

describe('an older server over HTTP+SSE', () => {
  it('is called by its type', async () => {
    const { port } = await everythingOver('sse');
    const { result, log } = await mcpRun({ type: 'sse', url: `http://127.0.0.1:${port}/sse` }, 's:echo', {
      message: 'old',
    });
    expect(result.status).toBe('success');
    expect(log).toContain(' out Echo: old\n');
  });

  it('is found without a type, and the log says so', async () => {
    const { port } = await everythingOver('sse');
    const { result, log } = await mcpRun({ url: `http://127.0.0.1:${port}/sse` }, 's:echo', { message: 'old' });
    expect(result.status).toBe('success');
    expect(log).toContain('called over HTTP+SSE');
  });

  it('ends the call when it is killed', async () => {
    const { child, port } = await everythingOver('sse');
    const { result, message } = await killedInCall(child, { type: 'sse', url: `http://127.0.0.1:${port}/sse` });
    expect(result.error?.code).toBe('mcp/connection-lost');
    expect(message).toContain('closed the connection before it answered');
  });

  it('is reported with what it answered if the address is wrong', async () => {
    const url = await listening((_request, response) => response.writeHead(404).end());
    const { message } = await mcpRun({ type: 'sse', url }, 's:t');
    expect(message).toContain('answered with HTTP status 404');
    expect(message).toContain('/sse');
  });
});

describe('an address that is no MCP server', () => {
  it('that answers with a page was reached, and the message says so', async () => {
    const url = await listening((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>hi</h1>'),
    );
    const { message } = await mcpRun({ url }, 's:t');
    expect(message).toContain('was reached, but answered with text/html instead of MCP');
    expect(message).not.toContain('could not be reached');
  });

  it('that wants a sign-in with OAuth is reported with the command that signs in', async () => {
    const url = await listening((_request, response) =>
      response
        .writeHead(401, { 'www-authenticate': 'Bearer resource_metadata="https://x.test/.well-known/oauth"' })
        .end(),
    );
    const { message } = await mcpRun({ url }, 's:t');
    expect(message).toContain('It wants you to sign in');
    expect(message).toContain('`ncp-scheduler servers sign-in s`');
  });
});
