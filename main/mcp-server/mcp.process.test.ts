import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import { builtCommandLine, headless } from '../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';
import { ownTools } from './tool-table.ts';

let cli: BuiltCommandLine;
let client: Client;
let said = '';

beforeEach(() => {
  cli = builtCommandLine({ agents: { clients: { 'process-test': { permission: 'allow' } } } });
  said = '';
});
afterEach(async () => {
  await client.close();
  cli.dispose();
});

async function connect(...argv: string[]): Promise<void> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [headless, 'mcp', ...argv],
    env: { ...cli.env },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  client = new Client({ name: 'process-test', version: '1.0' });
  await client.connect(transport);
}

const call = async (name: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
  const result = await client.callTool({ name, arguments: parameters });
  expect(result.isError, JSON.stringify(result.content)).not.toBe(true);
  return result.structuredContent as Record<string, unknown>;
};

describe('the built MCP server over stdio', () => {
  it('does everything that an agent needs, with every tool', async () => {
    await connect();
    const { tools } = await client.listTools();
    const called = new Set<string>();
    const use = (name: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
      called.add(name);
      return call(name, parameters);
    };
    const shell = { tool: 'shell:run', parameters: { command: 'echo from an agent; sleep 0.2' } };
    expect(await use('validate', { ...shell, schedule: 'every weekday at 9am' })).toMatchObject({ valid: true });
    const { task } = (await use('create', {
      name: 'Agent',
      schedule: 'every weekday at 9am',
      ...shell,
      testRun: true,
    })) as { task: { id: string; timingId: string } };
    expect(await use('list')).toMatchObject({ total: 1 });
    expect(await use('get', { job_id: 'Agent' })).toMatchObject({ task: { id: task.id } });
    const { execution } = (await use('trigger', { job_id: 'Agent' })) as { execution: Execution };
    expect(execution).toMatchObject({ status: 'success', trigger: 'manual' });
    expect(await use('log', { execution_id: execution.executionId })).toMatchObject({
      log: expect.stringContaining('out from an agent') as string,
    });
    expect(await use('executions', { job_id: 'Agent' })).toMatchObject({ total: 2 });
    expect(await use('retrieve', { include: 'both', query: 'agent' })).toMatchObject({
      totalTasks: 1,
      totalExecutions: 2,
    });
    await use('update', { job_id: 'Agent', parameters: { command: 'sleep 60' } });
    const { execution: long } = (await use('trigger', { job_id: 'Agent', wait: 0 })) as { execution: Execution };
    expect(long.status).toBe('running');
    expect(await use('cancel', { execution_id: long.executionId })).toMatchObject({
      execution: { status: 'cancelled' },
    });
    expect(await use('pause', { job_id: 'Agent', note: 'enough' })).toMatchObject({ task: { status: 'paused' } });
    expect(await use('resume', { job_id: 'Agent' })).toMatchObject({ task: { status: 'active' } });
    expect(await use('why', { job_id: 'Agent' })).toMatchObject({ slots: [] });
    expect(await use('skip_next', { job_id: 'Agent' })).toHaveProperty('task.skipUntil');
    const { changes } = (await use('history', { job_id: 'Agent' })) as { changes: { id: number; action: string }[] };
    expect(changes[0]).toMatchObject({ action: 'task.skip-next' });
    expect(await use('undo', { change_id: changes[0]?.id })).toMatchObject({ undone: [changes[0]?.id] });
    expect(await use('backfill', { job_id: 'Agent', since: '8 days ago', dryRun: true })).toMatchObject({
      taskName: 'Agent',
      left: { ran: 0 },
    });
    expect(await use('tools', { server: 'shell' })).toMatchObject({ total: 1 });
    expect(await use('test', { tool: 'shell:run', parameters: { command: 'true' } })).toMatchObject({
      execution: { status: 'success', trigger: 'test' },
    });
    expect(await use('next', { timing_id: task.timingId })).toMatchObject({ slots: { length: 5 } });
    expect(await use('timings')).toMatchObject({ total: 1 });
    expect(await use('doctor')).toHaveProperty('checks');
    expect(await use('add_calendar', { name: 'Closed', dates: ['2026-12-24'] })).toMatchObject({
      calendar: { name: 'Closed' },
    });
    expect(await use('calendars')).toMatchObject({ calendars: [{ name: 'weekends' }, { name: 'Closed' }] });
    expect(await use('proposals')).toMatchObject({ total: 0 });
    expect(await use('delete', { job_id: 'Agent' })).toMatchObject({ task: { id: task.id } });
    expect([...called].sort()).toEqual(tools.map(({ name }) => name).sort());
    expect(tools).toHaveLength(ownTools.length);
    expect(said).toBe('');
  });

  it('sees changes made by the command line at once, and vice versa', async () => {
    await connect();
    const shell = ['--tool', 'shell:run', '--params', '{"command":"true"}'];
    await cli.json('create', '--name', 'By hand', '--schedule', '@daily', ...shell);
    expect(await call('list')).toMatchObject({ tasks: [{ name: 'By hand' }] });
    await call('update', { job_id: 'By hand', name: 'Renamed' });
    expect((await cli.json('list')).answer).toMatchObject({ tasks: [{ name: 'Renamed' }] });
  });

  it('changes nothing when it is read-only', async () => {
    await connect('--read-only');
    const { tools } = await client.listTools();
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    await expect(client.callTool({ name: 'create', arguments: {} })).rejects.toThrow();
  });
});
