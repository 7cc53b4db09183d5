import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scheduleFileSchema } from '../contract/task.ts';
import { builtCommandLine, headless } from '../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';
import { inputFor } from '../testing/mcp-inputs.ts';
import { ownTools } from './tool-table.ts';

/**
 * Covers the whole path, unlike `fuzz.property.test.ts`, which tries more inputs: the official client, a real process, the
 * real store.
 */
const runs = process.env['TEST_DEEP'] === '1' ? 200 : 60;

let cli: BuiltCommandLine;
let client: Client;
let transport: StdioClientTransport;
let said = '';

beforeAll(async () => {
  const fuzzer = { permission: 'allow', maxTasks: 10_000, runsPerHour: 10_000 };
  cli = builtCommandLine({ agents: { clients: { fuzzer } } });
  await cli.json(
    'create',
    '--name',
    'Backup',
    '--schedule',
    '@daily',
    '--tool',
    'shell:run',
    '--params',
    '{"command":"true"}',
  );
  transport = new StdioClientTransport({
    command: process.execPath,
    args: [headless, 'mcp'],
    env: { ...cli.env },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  client = new Client({ name: 'fuzzer', version: '1.0' });
  await client.connect(transport);
  // The client checks each answer against the output schemas that it gets here.
  await client.listTools();
});
afterAll(async () => {
  await client.close();
  cli.dispose();
});

describe.each(ownTools.map((tool) => [tool.name, tool] as const))('%s over stdio', (name, tool) => {
  it(`answers ${runs} inputs of any kind, and the server keeps running`, { timeout: 600_000 }, async () => {
    const { pid } = transport;
    const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 0x7fff0000));
    console.log(`${name} over stdio: TEST_SEED=${seed}`);
    await fc.assert(
      fc.asyncProperty(inputFor(tool), async (input) => {
        const result = await client.callTool({ name, arguments: input });
        expect(result.content).not.toEqual([]);
        expectWholeTasks();
      }),
      { numRuns: runs, seed },
    );
    expect((await client.callTool({ name: 'list', arguments: {} })).isError).not.toBe(true);
    expect({ pid: transport.pid, said }).toEqual({ pid, said: '' });
  });
});

/** Every task is in the group it names and in no other, and every group has tasks. */
function expectWholeTasks(): void {
  const file = scheduleFileSchema.parse(JSON.parse(readFileSync(join(cli.dataDir, 'schedule.json'), 'utf8')));
  const grouped = Object.values(file.timings).flatMap(({ id, taskIds }) =>
    taskIds.map((taskId) => `${taskId} in ${id}`),
  );
  const named = Object.values(file.tasks).map(({ id, timingId }) => `${id} in ${timingId}`);
  expect(grouped.sort()).toEqual(named.sort());
  for (const { taskIds } of Object.values(file.timings)) expect(taskIds.length).toBeGreaterThan(0);
}
