import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOperations, TaskOperations } from '../../application/operations.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const claude = { name: 'Claude', version: '1.0' };
const good = { command: 'print good' };
const shellDraft = { name: 'Backup', schedule: 'every weekday at 9am', tool: 'shell:run', parameters: good };
const agentParameters = { agent: 'claude-code', prompt: 'List it', mcpServers: ['filesystem'] };
const agentDraft = { ...shellDraft, tool: 'agent:run', parameters: agentParameters };
const serverDraft = { ...shellDraft, tool: 'filesystem:list_directory', parameters: { path: '/home' } };

let application: MemoryApplication;
let agents: AgentOperations;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  agents = await application.agents();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const proposed = async (change: ProposedChange) => {
  const submitted = await agents.submit(change, claude);
  if (submitted.kind === 'done') throw new Error('it was done at once');
  return submitted.proposal.id;
};
const existing = async (draft: object = shellDraft) => (await tasks.create(draft, 'window')).task.id;
const outdated = expect.objectContaining({ code: 'agent/proposal-outdated' }) as unknown;
const runs = async () => (await application.executions()).list({ limit: 10, offset: 0 }).executions;
const swapServer = () => {
  application.settings.update({ mcpServers: { filesystem: { command: 'evil' } } });
};
const swapCommand = (taskId: string) =>
  application.store.update((file) => {
    const task = file.tasks[taskId];
    if (task !== undefined) task.parameters = { command: 'print evil' };
  });

/** Calls `act` as another writer could: after the approval was checked, before the run is recorded. */
function beforeTheRunIsRecorded(act: () => unknown): void {
  const { ledger } = application;
  const { withWriteLock } = ledger;
  let locks = 0;
  ledger.withWriteLock = (action) => {
    locks += 1;
    // The first lock is the check of the approval, the second one records the run.
    if (locks === 2) act();
    return withWriteLock.call(ledger, action) as never;
  };
}

describe('an approved run', () => {
  const places: [string, () => Promise<unknown>][] = [
    ['in a process of its own', () => Promise.resolve()],
    ['in the process that approves', () => application.lead({ listener: quietListener, show: () => undefined })],
  ];

  describe.each(places)('%s', (_, prepare) => {
    it('never runs a task that changed after the approval', async () => {
      const taskId = await existing();
      const id = await proposed({ action: 'trigger', taskId });
      await prepare();
      beforeTheRunIsRecorded(() => swapCommand(taskId));
      await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
      expect(await runs()).toEqual([]);
      expect(agents.proposals.get(id)).toMatchObject({
        state: 'failed',
        error: { code: 'agent/proposal-outdated', message: expect.stringContaining('has changed since') as string },
      });
    });

    it.each([
      ['MCP server', serverDraft],
      ["agent's MCP server", agentDraft],
    ])('never runs a task whose %s was swapped after the approval', async (_server, draft) => {
      const taskId = await existing(draft);
      const id = await proposed({ action: 'trigger', taskId });
      await prepare();
      beforeTheRunIsRecorded(swapServer);
      await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
      expect(await runs()).toEqual([]);
    });

    it('is recorded once, and marked with it', async () => {
      const taskId = await existing();
      const id = await proposed({ action: 'trigger', taskId });
      await prepare();
      const { outcome } = await agents.proposals.approve(id, 'window');
      expect(await runs()).toMatchObject([{ parameters: good }]);
      const { execution } = outcome as { execution: { executionId: string } };
      expect(agents.proposals.get(id)).toMatchObject({ state: 'applied', executionId: execution.executionId });
    });
  });

  it('does not start a second time by the same approval', async () => {
    const taskId = await existing();
    const id = await proposed({ action: 'trigger', taskId });
    const basis = (await agents.proposals.view(id)).preview?.basis ?? '';
    await agents.proposals.approve(id, 'window');
    const again = (await application.runs()).start(taskId, { proposalId: id, basis });
    await expect(again).rejects.toMatchObject({ code: 'agent/proposal-decided' });
    expect(await runs()).toHaveLength(1);
  });

  it('is asked of the running app by a method that an older app does not have', async () => {
    const taskId = await existing();
    const id = await proposed({ action: 'trigger', taskId });
    const calls: string[] = [];
    const call = (method: string) => {
      calls.push(method);
      return Promise.reject(new Error('no such method'));
    };
    application.setPrimary({
      primary: { pid: 1, version: '0.1.0' },
      lost: false,
      call,
      close: () => undefined,
    });
    await expect(agents.proposals.approve(id, 'window')).rejects.toThrow('no such method');
    expect(calls).toEqual(['task.run-approved']);
    expect(agents.proposals.get(id).state).toBe('failed');
  });

  it('counts as applied if its start is reported as failed', async () => {
    const taskId = await existing();
    const id = await proposed({ action: 'trigger', taskId });
    application.setOwnProgram(async ([, , proposalId = '', , basis = '', , task = '']) => {
      const approval = { proposalId, basis };
      await (await application.runs()).trigger(task, { trigger: 'manual', approval });
      return '';
    });
    await agents.proposals.approve(id, 'window');
    expect(agents.proposals.get(id).state).toBe('applied');
    await expect(agents.proposals.approve(id, 'window')).rejects.toMatchObject({ code: 'agent/proposal-decided' });
    expect(await runs()).toHaveLength(1);
  });
});

describe('the MCP server of a task', () => {
  it('is shown, without the values of its variables', async () => {
    const filesystem = { command: 'npx', args: ['-y', 'files'], cwd: '/srv', env: { TOKEN: 'hunter2' } };
    application.settings.update({ mcpServers: { filesystem } });
    const id = await proposed({ action: 'trigger', taskId: await existing(serverDraft) });
    const preview = (await agents.proposals.view(id)).preview;
    expect(preview?.unchanged).toContainEqual({
      field: 'MCP server',
      text: 'npx -y files\nin /srv\nvariables: TOKEN',
    });
  });

  it.each<[string, (taskId: string) => ProposedChange]>([
    [
      'a new task',
      () => ({ action: 'create', draft: { ...serverDraft, name: 'New' }, validate: true, testRun: false }),
    ],
    ['a change', (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true })],
    ['a resumption', (taskId) => ({ action: 'resume', taskId })],
    ['a run', (taskId) => ({ action: 'trigger', taskId })],
  ])('is part of the approval of %s', async (_, changeOf) => {
    const taskId = await existing({ ...serverDraft, active: false });
    const id = await proposed(changeOf(taskId));
    swapServer();
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
    expect((await agents.proposals.view(id)).preview).toMatchObject({ changedMeanwhile: true });
    const { basis = '' } = (await agents.proposals.view(id)).preview ?? {};
    application.settings.update({ mcpServers: { filesystem: { command: 'other' } } });
    await expect(agents.proposals.approve(id, 'window', { basis })).rejects.toEqual(outdated);
    expect(Object.keys(application.store.read().tasks)).toEqual([taskId]);
    expect(await runs()).toEqual([]);
  });

  it.each([
    ['of its tool', serverDraft],
    ['of its agent', agentDraft],
  ])('%s stops a new task and its test run if it is swapped at the last moment', async (_, draft) => {
    const id = await proposed({ action: 'create', draft, validate: true, testRun: true });
    beforeTheRunIsRecorded(swapServer);
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
    expect(application.store.read().tasks).toEqual({});
    expect(await runs()).toEqual([]);
  });
});

it('a name that another task got meanwhile is a change of what was shown', async () => {
  const id = await proposed({ action: 'create', draft: shellDraft, validate: true, testRun: false });
  await existing();
  await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
  const { preview } = await agents.proposals.view(id);
  expect(preview?.warnings).toContain('Another task already has this name.');
});

it('values that look the same on screen are not the same approval', async () => {
  const taskId = await existing({ ...shellDraft, parameters: { command: 'print \u00a0' } });
  const id = await proposed({ action: 'trigger', taskId });
  application.store.update((file) => {
    const task = file.tasks[taskId];
    if (task !== undefined) task.parameters = { command: 'print \\u00a0' };
  });
  await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
});
