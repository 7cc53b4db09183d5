import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOperations, TaskOperations } from '../../application/operations.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const claude = { name: 'Claude', version: '1.0' };
const draft = {
  name: 'Backup',
  schedule: 'every weekday at 9am',
  tool: 'shell:run',
  parameters: { command: 'print saved' },
};
type Create = Extract<ProposedChange, { action: 'create' }>;
const create = (change: Partial<Create['draft']> = {}, testRun = false): Create => ({
  ...{ action: 'create', draft: { ...draft, ...change }, validate: true, testRun },
});

let application: MemoryApplication;
let agents: AgentOperations;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  agents = await application.agents();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const hours = (count: number) => application.clock.advance(count * 3_600_000);
const proposed = async (change: ProposedChange) => {
  const submitted = await agents.submit(change, claude);
  if (submitted.kind === 'done') throw new Error('it was done at once');
  return submitted.proposal;
};
const existing = async () => (await tasks.create(draft, 'window')).task;
const code = (word: string) => expect.objectContaining({ code: word }) as unknown;

describe('a schedule in words that depend on the day', () => {
  it('means what it meant when the agent asked, however long it waits', async () => {
    const { id } = await proposed(create({ schedule: 'in 50 hours' }));
    hours(26);
    const { preview } = await agents.proposals.view(id);
    expect(preview?.nextRuns).toEqual(['2026-11-25T14:00:00.000Z']);
    await agents.proposals.approve(id, 'window');
    expect(tasks.list()).toMatchObject([{ runAt: '2026-11-25T14:00:00.000Z' }]);
  });

  it('moves no task in time: tomorrow stays the day after it was asked', async () => {
    const { id } = await proposed(create({ schedule: 'tomorrow at 9pm' }));
    hours(20);
    await agents.proposals.approve(id, 'window');
    expect(tasks.list()).toMatchObject([{ runAt: '2026-11-24T21:00:00.000Z' }]);
  });

  it('is fixed in a change of a task too', async () => {
    const task = await existing();
    const change = { schedule: 'in 30 hours' };
    const { id } = await proposed({ action: 'update', taskId: task.id, change, validate: true });
    hours(5);
    await agents.proposals.approve(id, 'window');
    expect((await tasks.get(task.id)).task.runAt).toBe('2026-11-24T18:00:00.000Z');
  });

  it('makes its proposal expire with the only instant it was for', async () => {
    const { id, expiresAt } = await proposed(create({ schedule: 'in 2 hours' }));
    expect(expiresAt).toBe('2026-11-23T14:00:00.000Z');
    hours(3);
    expect(agents.proposals.get(id).state).toBe('expired');
  });

  it('keeps the time zone in which it was read', async () => {
    const { change } = await proposed(create());
    expect(change).toMatchObject({ draft: { schedule: '0 9 * * 1-5', timezone: 'UTC' } });
  });

  it('leaves the schedule open if only the zone is to change', async () => {
    const task = await existing();
    const change = { timezone: 'Asia/Tokyo' };
    const proposal = await proposed({ action: 'update', taskId: task.id, change, validate: true });
    expect(proposal.change).toMatchObject({ change });
  });
});

describe('a task that changes while its proposal is being applied', () => {
  it.each<[string, (taskId: string) => ProposedChange]>([
    ['an update', (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true })],
    ['a resumption', (taskId) => ({ action: 'resume', taskId })],
    ['a deletion', (taskId) => ({ action: 'delete', taskId })],
    ['a run', (taskId) => ({ action: 'trigger', taskId })],
  ])('stops %s', async (_, changeOf) => {
    const { id: taskId } = await existing();
    await tasks.pause(taskId, {}, 'window');
    const { id } = await proposed(changeOf(taskId));
    const { update } = application.store;
    const { withWriteLock } = application.ledger;
    // As another process could: after everything was read, just before the write.
    const interfere = (): void => {
      Object.assign(application.store, { update });
      Object.assign(application.ledger, { withWriteLock });
      update.call(application.store, (file) => {
        const task = file.tasks[taskId];
        if (task !== undefined) task.parameters = { command: 'print other' };
      });
    };
    application.store.update = (change) => {
      interfere();
      return update.call(application.store, change) as never;
    };
    application.ledger.withWriteLock = (action) => {
      interfere();
      return withWriteLock.call(application.ledger, action) as never;
    };
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/proposal-outdated'));
    expect((await tasks.get(taskId)).task).toMatchObject({ status: 'paused', parameters: { command: 'print other' } });
    expect((await application.executions()).list({ limit: 10, offset: 0 }).total).toBe(0);
  });
});

describe('a proposal that could not be applied', () => {
  it('may be tried again, but not after it has expired', async () => {
    const { id } = await proposed(create({ parameters: { command: 'false' } }, true));
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('execution/test-run-failed'));
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('execution/test-run-failed'));
    hours(7 * 24);
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(code('agent/proposal-decided'));
    expect(agents.proposals.get(id)).toMatchObject({ state: 'failed', error: { code: 'execution/test-run-failed' } });
    expect((await agents.proposals.view(id)).preview).toBeNull();
  });

  it('is rejected with the rest when its agent is revoked', async () => {
    const { id } = await proposed(create({ parameters: { command: 'false' } }, true));
    await agents.proposals.approve(id, 'window').catch(() => undefined);
    expect(agents.revoke('Claude', 'window').rejected).toBe(1);
    expect(agents.proposals.get(id).state).toBe('rejected');
  });
});

describe('revoking a client', () => {
  it('continues if somebody decides one of its proposals at the same moment', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await proposed(create({ name }))).id);
    const { proposals } = application.ledger;
    application.ledger.proposals = (filter, page) => {
      const found = proposals.call(application.ledger, filter, page);
      if (page.limit > 1) application.ledger.decideProposal(ids[1] ?? '', 'pending', { state: 'rejected', by: 'cli' });
      return found;
    };
    expect(agents.revoke('Claude', 'window').rejected).toBe(2);
    expect(ids.map((id) => agents.proposals.get(id))).toMatchObject([
      { state: 'rejected', decidedBy: 'window' },
      { state: 'rejected', decidedBy: 'cli' },
      { state: 'rejected', decidedBy: 'window' },
    ]);
  });

  it('stops the request that is in progress', async () => {
    const asking = agents.submit(create(), claude);
    agents.revoke('Claude', 'window');
    await expect(asking).rejects.toEqual(code('agent/revoked'));
    expect(agents.proposals.waiting()).toEqual([]);
  });
});

describe('the limits of a client that needs no approval', () => {
  it('apply to tasks that it creates all at once', async () => {
    agents.clients.change('Claude', { permission: 'allow', maxTasks: 2 }, 'window');
    const asked = ['A', 'B', 'C', 'D'].map((name) => agents.submit(create({ name }), claude));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(settled).toContainEqual({ status: 'rejected', reason: code('agent/task-limit') });
    expect(tasks.list()).toHaveLength(2);
  });

  it('apply to test runs that it asks for all at once, and it also owns the task that is tested last', async () => {
    agents.clients.change('Claude', { permission: 'allow', maxTasks: 3, runsPerHour: 3 }, 'window');
    const asked = ['A', 'B', 'C', 'D'].map((name) => agents.submit(create({ name }, true), claude));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(tasks.list({ status: 'active' })).toHaveLength(3);
  });

  it('leave nothing of a task whose test run may not start', async () => {
    agents.clients.change('Claude', { permission: 'allow', runsPerHour: 2 }, 'window');
    const asked = ['A', 'B', 'C', 'D'].map((name) => agents.submit(create({ name }, true), claude));
    const settled = await Promise.allSettled(asked);
    expect(settled).toContainEqual({ status: 'rejected', reason: code('agent/run-limit') });
    expect(tasks.list()).toHaveLength(2);
  });
});
