import type { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
let client: Client;
let close: () => Promise<void>;
const connect = async (permission?: 'allow') => {
  ({ client, close } = await connectClient(application, { permission }));
};
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:30:00.000Z');
});
afterEach(async () => {
  await close();
  await application.stop();
  application.dispose();
});

const backfill = async (more: Record<string, unknown> = {}) => {
  const given = { job_id: 'Report', since: '2026-11-23T09:00:00Z', ...more };
  const result = await client.callTool({ name: 'backfill', arguments: given });
  const [first] = result.content;
  const answer = (result.structuredContent ?? {}) as Record<string, unknown>;
  return { isError: result.isError === true, text: first?.type === 'text' ? first.text : '', answer };
};
const create = async (command = 'true') =>
  (
    await (
      await application.tasks()
    ).create({ name: 'Report', schedule: '0 * * * *', tool: 'shell:run', parameters: { command } }, 'window')
  ).task;
const runs = async () =>
  (await application.executions())
    .list({ limit: 10, offset: 0 })
    .executions.map(({ slot, status, trigger }) => ({ slot, status, trigger }))
    .sort((a, b) => (a.slot ?? '').localeCompare(b.slot ?? ''));
const slots = ['09', '10', '11', '12'].map((hour) => `2026-11-23T${hour}:00:00.000Z`);
const done = slots.map((slot) => ({ slot, status: 'success', trigger: 'backfill' }));
const idOf = ({ answer }: { answer: Record<string, unknown> }) => (answer['proposal'] as { id: string }).id;

describe('the tool backfill', () => {
  it('says which slots would run, and runs nothing, with dryRun', async () => {
    await connect();
    await create();
    const { answer, text } = await backfill({ dryRun: true });
    expect(answer).toMatchObject({ count: 4, slots, left: { ran: 0 } });
    expect(text).toMatch(/^4 slots of "Report" would run\./);
    expect(await runs()).toEqual([]);
    expect((await application.agents()).proposals.list().total).toBe(0);
  });

  it('runs each slot once, and refuses when none is left', async () => {
    await connect('allow');
    await create();
    const { answer, text } = await backfill();
    expect(answer).toMatchObject({ count: 4, runs: slots.map((slot) => ({ slot, status: 'success' })) });
    expect(text).toMatch(/^Ran 4 slots of "Report"\.\n2026-11-23T09/);
    expect(await runs()).toEqual(done);
    expect((await backfill()).text).toMatch(/usage\/nothing-to-change: No slot of .* Left out: 4 slots already ran\./);
    expect((await backfill({ dryRun: true })).answer).toMatchObject({ count: 0, left: { ran: 4 } });
  });

  it('answers after the limit, and ends when one of its runs is cancelled', async () => {
    await connect('allow');
    await create('sleep');
    const { answer, text } = await backfill({ wait: 0 });
    expect(answer).toMatchObject({ count: 4 });
    expect(answer).not.toHaveProperty('runs');
    expect(text).toMatch(/^Started 4 slots of "Report"/);
    await expect.poll(async () => (await runs())[0]?.status).toBe('running');
    expect((await backfill()).text).toContain('task/backfill-running');
    const [run] = (await application.executions()).list({ limit: 1, offset: 0 }).executions;
    const cancelling = client.callTool({ name: 'cancel', arguments: { execution_id: run?.executionId } });
    await expect.poll(async () => (await runs())[0]?.status).toBe('cancelled');
    application.clock.advance(1000);
    expect((await cancelling).isError).not.toBe(true);
    const { taskId = '' } = run ?? {};
    await expect.poll(async () => (await application.backfills()).isRunning(taskId)).toBe(false);
    expect(await runs()).toHaveLength(1);
  });

  it('counts each slot towards the runs of an agent in an hour', async () => {
    await connect('allow');
    await create();
    (await application.agents()).clients.change('Test Agent', { runsPerHour: 5 }, 'test');
    await backfill();
    expect(await runs()).toHaveLength(4);
    const more = await backfill({ since: '2026-11-23T07:00:00Z', until: '2026-11-23T08:30:00Z' });
    expect(more.text).toMatch(/agent\/run-limit.*asked for 2 runs, but can start only 1 more/);
    const year = await backfill({ since: '2025-12-01T00:00:00Z', again: 'all' });
    expect(year.text).toMatch(/agent\/run-limit.*Choose a shorter period/);
    expect(await runs()).toHaveLength(4);
  });

  it('names the parameter of an invalid period', async () => {
    await connect('allow');
    await create();
    expect((await backfill({ since: 'whenever' })).text).toContain('since: "whenever" is not a point in time');
    const reversed = await backfill({ since: '2026-11-23T11:00:00Z', until: '2026-11-23T09:00:00Z' });
    expect(reversed.text).toContain('since must be in the past and before until.');
  });
});

describe('a proposed backfill', () => {
  const propose = async () => {
    await connect();
    const { id: taskId } = await create();
    const id = idOf(await backfill());
    return { id, taskId, proposals: (await application.agents()).proposals };
  };

  it('shows each slot, runs nothing before it is approved, and then runs what was shown', async () => {
    const { id, proposals } = await propose();
    const { title, preview } = await proposals.view(id);
    expect(title).toBe('Run "Report" for 4 past slots');
    expect(preview?.differences).toContainEqual({ field: 'Slots that run', before: null, after: slots.join('\n') });
    expect(await runs()).toEqual([]);
    application.clock.advance(3_600_000);
    await proposals.approve(id, 'window');
    await expect.poll(runs).toEqual(done);
    expect(proposals.get(id)).toMatchObject({ state: 'applied' });
    await expect(proposals.approve(id, 'window')).rejects.toMatchObject({ code: 'agent/proposal-decided' });
  });

  it('leaves out a slot that ran meanwhile', async () => {
    const { id, taskId, proposals } = await propose();
    const since = slots[0] ?? '';
    await (await application.backfills()).run({ taskId, since, until: since });
    await proposals.approve(id, 'window');
    await expect.poll(runs).toEqual(done);
  });

  it('runs no slot of a task that changed after the person looked', async () => {
    const { id, taskId, proposals } = await propose();
    const { preview } = await proposals.view(id);
    await (await application.tasks()).update(taskId, { parameters: { command: 'print evil' } }, 'window');
    const approved = proposals.approve(id, 'window', { basis: preview?.basis });
    await expect(approved).rejects.toMatchObject({ code: 'agent/proposal-outdated' });
    expect(await runs()).toEqual([]);
  });

  it('stops at the slot before which the task changed, and says so', async () => {
    const { id, taskId, proposals } = await propose();
    const { ledger } = application;
    const { finish } = ledger;
    ledger.finish = (...given) => {
      application.store.update((file) => {
        const task = file.tasks[taskId];
        if (task !== undefined) task.parameters = { command: 'print evil' };
      });
      return finish.apply(ledger, given);
    };
    const { outcome } = await proposals.approve(id, 'window');
    if (!('backfill' in outcome)) throw new Error('it ran no slots');
    await expect(outcome.backfill.finished).rejects.toMatchObject({ code: 'agent/proposal-outdated' });
    expect(await runs()).toEqual(done.slice(0, 1));
    const error = { code: 'agent/proposal-outdated' };
    await expect.poll(() => proposals.get(id)).toMatchObject({ state: 'failed', error });
  });
});
