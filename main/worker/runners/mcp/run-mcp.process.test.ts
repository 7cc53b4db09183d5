import { spawn } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../testing/free-port.ts';
import { listening, mcpRun, serverEntry } from '../../../testing/mcp-run.ts';
import { processesWith } from '../../../testing/proc-facts.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';
import type { RequestListener } from 'node:http';
import type { McpServer } from '../../../contract/settings.ts';

const node = process.execPath;
const everything: McpServer = { command: node, args: [serverEntry('server-everything'), 'stdio'] };
const filesystem = (...folders: string[]): McpServer => ({
  command: node,
  args: [serverEntry('server-filesystem'), ...folders],
});
const mcpAt = async (listener: RequestListener) => `${await listening(listener)}/mcp`;
/** A misbehaving server, in a few lines of shell. */
const shell = (script: string): McpServer => ({ command: 'sh', args: ['-c', script] });

describe('a tool of a real server over stdio', () => {
  it('is called: its answer is logged and recorded, and its stderr is logged', async () => {
    const { start, dir } = await runnerFixture();
    mkdirSync(join(dir, 'folder'));
    writeFileSync(join(dir, 'folder/hello.txt'), 'hi');
    const started = start('filesystem:list_directory', { path: join(dir, 'folder') }, { mcpServer: filesystem(dir) });
    const result = await started.finished;
    expect(result).toMatchObject({ status: 'success', exitCode: null, error: null });
    expect(JSON.stringify(result.result)).toContain('[FILE] hello.txt');
    expect(started.log()).toContain(' out [FILE] hello.txt\n');
    expect(started.log()).toMatch(/ err .*Filesystem Server/);
    expect(processesWith(started.executionId)).toEqual([]);
  });

  it('fails with the text of the error that it returns', async () => {
    const { result, message, log } = await mcpRun(filesystem('/tmp'), 'filesystem:list_directory', { path: '/etc' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/tool-failed' } });
    expect(message).toMatch(/Access denied.*\/etc/);
    expect(log).toMatch(/ err .*Access denied/);
  });

  it('fails if it does not exist, and the message lists the existing tools', async () => {
    const { result, message } = await mcpRun(everything, 'everything:nope');
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/unknown-tool' } });
    expect(message).toMatch(/"everything" has no tool "nope"\. Its tools: .*echo/);
  });

  it('fails for invalid parameters, and the message names them', async () => {
    const { result, message } = await mcpRun(everything, 'everything:echo', { message: 5 });
    expect(result.status).toBe('failure');
    expect(message).toMatch(/message/);
    expect(message).toMatch(/invalid|validation/i);
  });

  it('can run for a long time and report progress', async () => {
    const { result, log } = await mcpRun(everything, 'everything:trigger-long-running-operation', {
      duration: 1,
      steps: 2,
    });
    expect(result.status).toBe('success');
    expect(log).toMatch(/ sys Progress: 1 of 2/);
  });

  it('can return more than text', async () => {
    const { result, log } = await mcpRun(everything, 'everything:get-tiny-image');
    expect(result.status).toBe('success');
    expect(log).toMatch(/ sys The answer has a picture \(image\/png, \d+ bytes\)/);
    expect(JSON.stringify(result.result)).toContain('image/png');
  });

  it('stops when the run is cancelled', async () => {
    const { start } = await runnerFixture();
    const started = start(
      'everything:trigger-long-running-operation',
      { duration: 600, steps: 3000 },
      { mcpServer: everything },
    );
    await expect.poll(started.log, { timeout: 30_000 }).toContain('Progress: 1 of');
    started.cancel('cancelled');
    const result = await started.finished;
    expect(result).toMatchObject({ status: 'cancelled' });
    expect(result.error?.message).toContain('waiting for the response of everything:trigger-long-running-operation');
    expect(processesWith(started.executionId)).toEqual([]);
  });

  it('starts in the folder of the task, with the environment of the task and the server', async () => {
    const server = { ...everything, env: { FROM_SERVER: 'two' } };
    const { result } = await mcpRun(
      server,
      'everything:get-env',
      {},
      { env: { PATH: process.env['PATH'] ?? '', FROM_TASK: 'one' } },
    );
    const text = JSON.stringify(result.result);
    for (const part of ['FROM_TASK', 'one', 'FROM_SERVER', 'two', 'NCP_EXECUTION_ID']) expect(text).toContain(part);
  });
});

describe('a misbehaving stdio server', () => {
  it('is reported if its command is missing', async () => {
    const { result, message } = await mcpRun({ command: 'nonesuch-server', args: ['--x'] }, 's:t');
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/not-started' } });
    expect(message).toContain('nonesuch-server --x');
    expect(message).toContain('was not found');
  });

  it('is reported if its folder is missing', async () => {
    const { result, message } = await mcpRun({ command: 'cat', cwd: '/nowhere' }, 's:t');
    expect(result.error?.code).toBe('execution/no-working-directory');
    expect(message).toContain('/nowhere');
  });

  it('is reported with its exit code and last output if it exits at once', async () => {
    const { result, message, log } = await mcpRun(shell('echo "no token given" >&2; exit 4'), 's:t');
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/exited' } });
    expect(message).toMatch(/ended with exit code 4 before it answered.*no token given/);
    expect(log).toContain(' err no token given\n');
  });

  it('is reported if it exits during a call', async () => {
    const answer =
      '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"x","version":"1"}}}';
    const { result, message } = await mcpRun(
      shell(`read -r line; echo '${answer}'; read -r line; read -r line; echo dying >&2; exit 7`),
      's:t',
    );
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/exited' } });
    expect(message).toMatch(/ended with exit code 7 while it processed t.*dying/);
  });

  it('can print invalid lines, which are logged and not taken as an answer', async () => {
    const { result, message, log } = await mcpRun(
      shell('echo "Welcome to my server!"; echo "{}"; sleep 600'),
      's:t',
      {},
      { timeoutMs: 6000 },
    );
    expect(result).toMatchObject({ status: 'timeout' });
    expect(message).toContain('waiting for the MCP server "s" to be ready');
    expect(log).toContain(' sys Not an MCP message, on stdout: Welcome to my server!\n');
    expect(log).toContain(' sys Not an MCP message, on stdout: {}\n');
  });

  it('is accepted if it prints a banner and then works', async () => {
    const { result } = await mcpRun(
      shell(`echo "Welcome!"; exec ${node} ${serverEntry('server-everything')} stdio`),
      's:echo',
      { message: 'hi' },
    );
    expect(result.status).toBe('success');
  });

  it('is ended at the time limit if it never answers, and the message names the step', async () => {
    const { result, message } = await mcpRun(shell('sleep 600'), 's:t', {}, { timeoutMs: 6000 });
    expect(result).toMatchObject({ status: 'timeout' });
    expect(message).toContain('waiting for the MCP server "s" to be ready');
  });

  it('can flood stderr, and memory and log stay within their limits', async () => {
    const flood = `yes "a warning of the server" | head -c 200000000 >&2; exec ${node} ${serverEntry('server-everything')} stdio`;
    const { result, logPath } = await mcpRun(
      shell(flood),
      's:echo',
      { message: 'hi' },
      { outputLimitBytes: 500_000, timeoutMs: 250_000 },
    );
    expect(result.status).toBe('success');
    expect(statSync(logPath).size).toBeLessThanOrEqual(500_000);
  });

  it('is ended even if it ignores TERM and leaves helpers', async () => {
    const helper = `trap '' TERM; setsid sleep 600 & sleep 600 & exec ${node} -e "process.on('SIGTERM',()=>{}); setInterval(()=>{},1000)"`;
    const { result } = await mcpRun(shell(helper), 's:t', {}, { timeoutMs: 5000 });
    expect(result.status).toBe('timeout');
  });
});

describe('a server over streamable HTTP', () => {
  it('answers a tool call, and its session is closed', async () => {
    const port = await freePort();
    const child = spawn(node, [serverEntry('server-everything'), 'streamableHttp'], {
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 30_000 }).toMatch(/listening/i);
    const { result, log } = await mcpRun({ url: `http://127.0.0.1:${port}/mcp` }, 'everything:echo', {
      message: 'over http',
    });
    expect(result).toMatchObject({ status: 'success' });
    expect(log).toContain(' out Echo: over http\n');
    await expect.poll(() => said, { timeout: 10_000 }).toMatch(/terminat|closed/i);
  });

  it('is reported if it is not running', async () => {
    const { result, message } = await mcpRun({ url: 'http://127.0.0.1:9/mcp' }, 's:t');
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/unreachable' } });
    expect(message).toContain('http://127.0.0.1:9/mcp');
  });

  it('is reported if it rejects the credentials', async () => {
    const url = await mcpAt((_request, response) => response.writeHead(401).end());
    const { result, message } = await mcpRun({ url, headers: { authorization: 'Bearer wrong-token' } }, 's:t');
    expect(result.error?.code).toBe('mcp/unreachable');
    expect(message).toMatch(/401.*headers/);
    expect(message).not.toContain('wrong-token');
  });

  it('is reported if it is not an MCP server', async () => {
    const url = await mcpAt((_request, response) => response.writeHead(404).end('not here'));
    const { message } = await mcpRun({ url }, 's:t');
    expect(message).toMatch(/404.*\/mcp/);
  });

  it('is reported if it answers with something other than MCP', async () => {
    const url = await mcpAt((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>hi</h1>'),
    );
    const { result } = await mcpRun({ url }, 's:t');
    expect(result).toMatchObject({ status: 'failure', error: { code: 'mcp/unreachable' } });
  });

  it('times out if it never answers', async () => {
    const url = await mcpAt(() => undefined);
    const { result } = await mcpRun({ url }, 's:t', {}, { timeoutMs: 800 });
    expect(result.status).toBe('timeout');
  });
});
