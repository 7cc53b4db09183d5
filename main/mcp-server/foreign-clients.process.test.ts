import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createMCPClient } from '@ai-sdk/mcp';
import { Experimental_StdioMCPTransport as AiSdkStdio } from '@ai-sdk/mcp/mcp-stdio';
import { MCPServerStdio } from '@openai/agents-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtCommandLine, headless, type BuiltCommandLine } from '../testing/built-command-line.ts';
import { ownTools } from './tool-table.ts';

interface ToolResult {
  readonly content?: unknown;
  readonly isError?: boolean | undefined;
}

/** What the tests need of an MCP client. */
interface ForeignClient {
  toolNames(): Promise<string[]>;
  call(tool: string, parameters: Record<string, string>): Promise<ToolResult>;
  close(): Promise<void>;
}

let cli: BuiltCommandLine;
let client: ForeignClient | undefined;
beforeEach(() => {
  cli = builtCommandLine();
});
afterEach(async () => {
  await client?.close();
  client = undefined;
  cli.dispose();
});

const server = { command: process.execPath, args: [headless, 'mcp'] };
const namesOf = (tools: readonly { readonly name: string }[]): string[] => tools.map(({ name }) => name);

/** The official inspector, which starts a server for each command. */
function inspector(): Promise<ForeignClient> {
  // It looks for its package.json in the working directory.
  const cwd = resolve(import.meta.dirname, '../../node_modules/@modelcontextprotocol/inspector-cli/build');
  const ask = async (...argv: string[]): Promise<unknown> => {
    const command = [join(cwd, 'index.js'), server.command, ...server.args, ...argv];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd, env: cli.env });
    return JSON.parse(stdout);
  };
  return Promise.resolve({
    toolNames: async () => namesOf(((await ask('--method', 'tools/list')) as { tools: { name: string }[] }).tools),
    call: async (tool, parameters) => {
      const given = Object.entries(parameters).flatMap(([name, value]) => ['--tool-arg', `${name}=${value}`]);
      return (await ask('--method', 'tools/call', '--tool-name', tool, ...given)) as ToolResult;
    },
    close: () => Promise.resolve(),
  });
}

/** The MCP client of the OpenAI Agents SDK. */
async function openAiAgents(): Promise<ForeignClient> {
  const connection = new MCPServerStdio({ name: 'ours', ...server, env: { ...cli.env } });
  await connection.connect();
  return {
    toolNames: async () => namesOf(await connection.listTools()),
    call: (tool, parameters) => connection.callToolResult(tool, parameters),
    close: () => connection.close(),
  };
}

/** The MCP client of the AI SDK by Vercel, which makes a function of each tool. */
async function aiSdk(): Promise<ForeignClient> {
  const connection = await createMCPClient({ transport: new AiSdkStdio({ ...server, env: { ...cli.env } }) });
  const tools = await connection.tools();
  return {
    toolNames: () => Promise.resolve(Object.keys(tools)),
    call: async (tool, parameters) =>
      (await tools[tool]?.execute(parameters, { toolCallId: '1', messages: [] })) as ToolResult,
    close: () => connection.close(),
  };
}

const textOf = ({ content }: ToolResult): string =>
  (content as readonly { readonly text?: string }[]).map(({ text = '' }) => text).join('\n');

describe.each([
  ['the official inspector', inspector],
  ['the OpenAI Agents SDK', openAiAgents],
  ['the AI SDK', aiSdk],
])('%s', (_name, connect) => {
  it('finds all tools, and its user approves the task that it asked for', async () => {
    client = await connect();
    expect((await client.toolNames()).sort()).toEqual(namesOf(ownTools).sort());
    const asked = await client.call('create', {
      ...{ name: 'Foreign report', schedule: 'every weekday at 9am', tool: 'shell:run' },
      parameters: '{"command":"echo from afar"}',
    });
    expect(asked.isError, textOf(asked)).not.toBe(true);
    expect(textOf(asked)).toMatch(/^Pending approval: [^]*Schedule: "Weekdays at 9:00", time zone "UTC"/);
    const [proposal] = (await cli.json('proposals')).answer['proposals'] as { id: string }[];
    await cli.json('approve', proposal?.id ?? '');
    expect(textOf(await client.call('get', { job_id: 'Foreign report' }))).toContain('echo from afar');
    const wrong = await client.call('get', { job_id: 'Nobody' });
    expect(wrong.isError).toBe(true);
    expect(textOf(wrong)).toContain('There is no task with the id or name "Nobody"');
  });
});

describe('a client without an SDK, over standard input and output', () => {
  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('of version %s', async (protocolVersion) => {
    const process = cli.start('mcp');
    const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    const send = (message: object): boolean =>
      process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value as string);
    const clientInfo = { name: 'raw', version: '1' };
    send({ id: 1, method: 'initialize', params: { protocolVersion, capabilities: {}, clientInfo } });
    expect(await next()).toMatchObject({ id: 1, result: { protocolVersion } });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'tools/list' });
    expect(await next()).toMatchObject({ id: 2, result: { tools: { length: ownTools.length } } });
    send({ id: 3, method: 'tools/call', params: { name: 'list', arguments: {} } });
    expect(await next()).toMatchObject({
      id: 3,
      result: { content: [{ text: expect.stringContaining('0 tasks') as string }] },
    });
    const exited = new Promise((settle) => process.once('exit', settle));
    process.stdin.end();
    expect(await exited).toBe(0);
  });
});
