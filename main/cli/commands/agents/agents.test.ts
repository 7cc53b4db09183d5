import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);

const claude = { name: 'claude-code', version: '2.0' };
const draft = { name: 'Backup', schedule: 'every weekday at 9am', tool: 'shell:run', parameters: { command: 'true' } };

async function ask(name = 'Backup'): Promise<string> {
  const agents = await application.agents();
  const submitted = await agents.submit(
    { action: 'create', draft: { ...draft, name }, validate: true, testRun: false },
    claude,
  );
  return submitted.kind === 'waits' ? submitted.proposal.id : '';
}

describe('proposals, approve and reject', () => {
  it('list a pending proposal and apply it', async () => {
    const id = await ask();
    expect(await ok('proposals')).toMatchObject({
      total: 1,
      proposals: [{ id, client: 'claude-code', state: 'pending', preview: { command: 'true' } }],
    });
    expect(await ok('approve', id)).toMatchObject({
      proposal: { state: 'applied', decidedBy: 'cli' },
      task: { name: 'Backup', createdBy: 'mcp:claude-code@2.0' },
      warnings: [],
    });
    expect((await ok('list')).tasks).toHaveLength(1);
    expect((await ok('proposals')).total).toBe(0);
    expect((await ok('proposals', '--state', 'all')).proposals).toMatchObject([{ id, preview: null }]);
  });

  it('show a proposal as a difference', async () => {
    const id = await ask();
    const { stdout } = await runLine(application, ['proposals']);
    expect(stdout).toContain(`Proposal  ${id}  Create "Backup"`);
    expect(stdout).toContain('+ Command: true\n');
    expect(stdout).toContain('Next runs:\n  2026-11-24T09:00:00.000Z\n');
    expect((await runLine(application, ['reject', id, '--note', 'no'])).stdout).toContain('rejected');
    expect((await runLine(application, ['proposals', id])).stdout).toContain('Note      no');
    await ask('One');
    await ask('Two');
    expect((await runLine(application, ['proposals'])).stdout.split('\n')).toHaveLength(4);
  });

  it('refuse a proposal that is decided, unknown or outdated', async () => {
    const id = await ask();
    await ok('reject', id);
    expect(await fails('approve', id)).toMatchObject({ code: 2, error: { code: 'agent/proposal-decided' } });
    expect(await fails('approve', 'nobody')).toMatchObject({ code: 3, error: { code: 'agent/not-found' } });
    const { task } = await create('Other');
    const agents = await application.agents();
    const submitted = await agents.submit({ action: 'pause', taskId: task.id }, claude);
    const later = submitted.kind === 'waits' ? submitted.proposal.id : '';
    await ok('update', 'Other', '--description', 'changed');
    expect(await fails('approve', later)).toMatchObject({ code: 2, error: { code: 'agent/proposal-outdated' } });
    expect(await ok('approve', later, '--anyway')).toMatchObject({ task: { status: 'paused' } });
  });
});

describe('agents', () => {
  it('keep a limit if the new one is empty, as the value of a variable that is not set', async () => {
    await ok('agents set', 'bob', '--budget', '1 run/day');
    const { code, error } = await fails('agents', 'set', 'bob', '--budget', '');
    expect([code, error.message]).toEqual([2, '--budget: "" is not valid. Expected a value, or none to clear it.']);
    expect((await ok('agents set', 'bob', '--budget', 'none')).client.budget).toBeNull();
  });

  it('are listed, set and revoked', async () => {
    const id = await ask();
    expect((await ok('agents list')).clients).toMatchObject([{ name: 'claude-code', permission: 'ask', pending: 1 }]);
    expect(
      await ok('agents set', 'claude-code', '--permission', 'allow', '--max-tasks', '3', '--runs-per-hour', '1'),
    ).toMatchObject({ client: { permission: 'allow', maxTasks: 3, runsPerHour: 1 } });
    expect(await ok('agents set', 'claude-code', '--max-tasks', 'none')).toMatchObject({
      client: { permission: 'allow', maxTasks: 50 },
    });
    expect(await ok('agents revoke', 'claude-code')).toMatchObject({ rejected: 1 });
    expect((await ok('proposals', id)).proposals).toMatchObject([{ state: 'rejected' }]);
    expect((await runLine(application, ['agents', 'list'])).stdout).toContain('revoked');
    expect(await fails('agents', 'set', 'claude-code')).toMatchObject({ error: { code: 'usage/nothing-to-change' } });
    expect(await fails('agents', 'set', 'x', '--permission', 'all')).toMatchObject({ code: 2 });
  });
});
