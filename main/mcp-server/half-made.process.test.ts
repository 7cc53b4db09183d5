import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine({ agents: { clients: { raw: { permission: 'allow' } } } });
});
afterEach(() => cli.dispose());

const draft = {
  ...{ name: 'Half', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'sleep 120' } },
  testRun: true,
};

/** Starts the MCP server, and calls `create` with a test run that takes two minutes. */
function createByAgent(): ChildProcessWithoutNullStreams {
  const server = cli.start('mcp');
  const send = (message: object): boolean => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  send({ id: 1, method: 'initialize', params });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'create', arguments: draft } });
  return server;
}

function createByHand(): ChildProcessWithoutNullStreams {
  const { name, schedule, tool, parameters } = draft;
  const fields = ['--name', name, '--schedule', schedule, '--tool', tool, '--params', JSON.stringify(parameters)];
  return cli.start('create', ...fields, '--test-run');
}

const runs = async (): Promise<Execution[]> => (await cli.json('runs')).answer['executions'] as Execution[];
const statuses = async (): Promise<string[]> => (await runs()).map(({ status }) => status);
const tasks = async (): Promise<unknown> => (await cli.json('list')).answer['tasks'];

const deadline = { timeout: 60_000, interval: 500 };

describe('a test run that ends with its process leaves nothing half made', () => {
  it.each([
    ['the conversation ends', createByAgent, (server: ChildProcessWithoutNullStreams) => void server.stdin.end()],
    [
      'the MCP server is killed',
      createByAgent,
      (server: ChildProcessWithoutNullStreams) => void server.kill('SIGKILL'),
    ],
    ['create --test-run is killed', createByHand, (cli: ChildProcessWithoutNullStreams) => void cli.kill('SIGKILL')],
    ['create --test-run is stopped', createByHand, (cli: ChildProcessWithoutNullStreams) => void cli.kill('SIGTERM')],
    // Less than the run would take.
  ])('when %s', { timeout: 90_000 }, async (_how, begin, end) => {
    const child = begin();
    const exited = once(child, 'exit');
    await expect.poll(statuses, deadline).toEqual(['running']);
    end(child);
    await exited;
    await expect.poll(async () => (await statuses())[0], deadline).toMatch(/cancelled|interrupted/);
    expect(await tasks()).toEqual([]);
  });
});
