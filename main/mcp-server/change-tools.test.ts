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
  application = memoryApplication();
});
afterEach(async () => {
  await close();
  application.dispose();
});

const call = async (name: string, parameters: Record<string, unknown> = {}) => {
  const result = await client.callTool({ name, arguments: parameters });
  const [first] = result.content;
  const answer = (result.structuredContent ?? {}) as Record<string, unknown>;
  return { isError: result.isError === true, text: first?.type === 'text' ? first.text : '', answer };
};
const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
const create = async (more: Record<string, unknown> = {}) =>
  (await (await application.tasks()).create({ ...draft, ...more }, 'window')).task;
const proposalId = ({ answer }: { answer: Record<string, unknown> }) => (answer['proposal'] as { id: string }).id;
const task = async () => (await (await application.tasks()).get('Backup')).task;
const approve = async (id: string) => (await application.agents()).proposals.approve(id, 'window');

describe('history and undo', () => {
  it('show who changed what, and undo one change', async () => {
    await connect('allow');
    await create();
    await call('update', { job_id: 'Backup', schedule: 'every day at noon', policies: { timeoutMs: 5000 } });
    const { answer, text } = await call('history', { job_id: 'Backup' });
    const [change] = answer['changes'] as { id: number; author: string }[];
    expect(change).toMatchObject({ author: 'mcp:Test Agent@9.8', action: 'task.update', obstacle: null });
    expect(text).toMatch(/"policies\.timeoutMs" .* → "5000"|"policies" /);
    expect((await call('undo', { change_id: change?.id })).answer).toMatchObject({ undone: [change?.id] });
    expect(await task()).toMatchObject({ cronExpression: '0 9 * * *' });
    expect((await call('undo', { change_id: change?.id })).isError).toBe(true);
  });

  it('come in pages', async () => {
    await connect('allow');
    await create();
    for (let number = 0; number < 5; number += 1) await call('update', { job_id: 'Backup', description: `${number}` });
    const first = await call('history', { limit: 2 });
    expect(first.answer['changes']).toHaveLength(2);
    const second = await call('history', { limit: 10, job_id: 'Backup', before: first.answer['nextBefore'] });
    expect(second.answer['changes']).toHaveLength(4);
    expect(second.answer).not.toHaveProperty('nextBefore');
  });

  it('hide secrets of variables and parameters', async () => {
    await connect('allow');
    await create({ env: { GITHUB_TOKEN: 'ghs-one' } });
    await (await application.tasks()).update('Backup', { env: { GITHUB_TOKEN: 'ghs-two' } }, 'window');
    const listed = await call('history');
    const [change] = listed.answer['changes'] as { id: number }[];
    const undone = await call('undo', { change_id: change?.id });
    for (const told of [listed, undone]) expect(JSON.stringify(told)).not.toMatch(/ghs-one|ghs-two/);
    expect(await task()).toMatchObject({ env: { GITHUB_TOKEN: 'ghs-one' } });
  });

  it('in ask mode wait for approval, which shows the difference and applies once', async () => {
    await connect();
    await create();
    await (await application.tasks()).update('Backup', { description: 'new' }, 'window');
    const [change] = (await call('history')).answer['changes'] as { id: number }[];
    const id = proposalId(await call('undo', { change_id: change?.id }));
    expect((await task()).description).toBe('new');
    const { proposals } = await application.agents();
    const { title, preview } = await proposals.view(id);
    expect(title).toBe(`Undo change ${change?.id} (task.update) of "Backup"`);
    expect(preview?.differences).toEqual([{ field: 'description', before: 'new', after: null }]);
    await approve(id);
    expect((await task()).description).toBeUndefined();
    expect(proposals.get(id)).toMatchObject({ state: 'applied' });
  });

  it('are not applied if the task changed after the person looked', async () => {
    await connect();
    await create();
    await (await application.tasks()).update('Backup', { description: 'new' }, 'window');
    const [change] = (await call('history')).answer['changes'] as { id: number }[];
    const id = proposalId(await call('undo', { change_id: change?.id }));
    await (await application.tasks()).update('Backup', { name: 'Backup', tags: ['x'] }, 'window');
    await expect(approve(id)).rejects.toMatchObject({ code: 'agent/proposal-outdated' });
  });

  it('bring back a deleted task only within the limit of tasks', async () => {
    await connect('allow');
    await create();
    await call('delete', { job_id: 'Backup' });
    (await application.agents()).clients.change('Test Agent', { maxTasks: 0 }, 'test');
    const [change] = (await call('history')).answer['changes'] as { id: number }[];
    expect((await call('undo', { change_id: change?.id })).text).toMatch(/agent\/task-limit/);
    (await application.agents()).clients.change('Test Agent', { maxTasks: 5 }, 'test');
    expect((await call('undo', { change_id: change?.id })).isError).toBe(false);
    expect(await task()).toMatchObject({ name: 'Backup' });
  });

  it('never touch settings and the pause of all schedules', async () => {
    await connect('allow');
    (await application.tasks()).pauseAll({}, 'window');
    expect((await call('history')).answer['changes']).toEqual([]);
    const [change] = (await application.history()).list({ limit: 1 });
    expect((await call('undo', { change_id: change?.id })).text).toMatch(/history\/not-undoable: .*Ask the user/);
    expect(application.store.read().paused).toBeDefined();
  });
});

describe('skip_next', () => {
  it('skips one slot, and one more when called again', async () => {
    await connect('allow');
    await create();
    expect((await call('skip_next', { job_id: 'Backup' })).text).toContain('2026-11-24T09:00:00.000Z');
    expect((await call('skip_next', { job_id: 'Backup' })).answer).toMatchObject({
      task: { skipUntil: '2026-11-25T09:00:00.000Z' },
    });
  });

  it('in ask mode skips the slot that the person approved, and no later one', async () => {
    await connect();
    await create();
    const asked = await call('skip_next', { job_id: 'Backup' });
    const id = proposalId(asked);
    const { preview, expiresAt } = await (await application.agents()).proposals.view(id);
    expect(preview?.differences).toEqual([{ field: 'Skipped run', before: null, after: '2026-11-24T09:00:00.000Z' }]);
    expect(expiresAt).toBe('2026-11-24T09:00:00.000Z');
    await approve(id);
    expect(await task()).toMatchObject({ skipUntil: '2026-11-24T09:00:00.000Z' });
  });
});

describe('tools', () => {
  it('lists what a task can run, with an example of each built-in tool', async () => {
    await connect();
    const { answer, text } = await call('tools');
    expect(answer['tools']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ tool: 'shell:run' }),
        expect.objectContaining({ tool: 'http:request' }),
      ]),
    );
    expect(text).toMatch(/"shell:run": .*for example \{"command"/);
    const ofServer = await call('tools', { server: 'shell' });
    expect(ofServer.answer).toMatchObject({ total: 1, tools: [{ inputSchema: { type: 'object' } }] });
    expect(ofServer.text).toContain('successExitCodes');
    expect((await call('tools', { server: 'nowhere' })).text).toContain('mcp/unknown-server');
  });
});

describe('runs of a time span', () => {
  it('are listed by since and until', async () => {
    await connect('allow');
    await create();
    await call('trigger', { job_id: 'Backup' });
    expect((await call('executions', { since: '1 hour ago' })).answer).toMatchObject({ total: 1 });
    expect((await call('executions', { until: '1 hour ago' })).answer).toMatchObject({ total: 0 });
    expect((await call('retrieve', { include: 'executions', since: '1 hour ago' })).answer).toMatchObject({
      totalExecutions: 1,
    });
    expect((await call('executions', { since: 'some day' })).text).toMatch(/since: "some day" is not a point in time/);
  });
});

describe('calendars', () => {
  const preview = async (asked: { answer: Record<string, unknown> }) => {
    const { preview: shown } = await (await application.agents()).proposals.view(proposalId(asked));
    if (shown === null) throw new Error('the proposal is decided');
    return shown;
  };

  it('are read by agents, and named in tasks', async () => {
    const days = [{ date: '2099-12-24', name: 'Office "closed"' }];
    await (await application.calendars()).add('Closed', { kind: 'dates', days }, 'window');
    await connect('allow');
    const { answer, text } = await call('calendars');
    expect(answer['calendars']).toMatchObject([{ name: 'weekends' }, { name: 'Closed', days: 1 }]);
    expect(text).toContain('"Closed": "1 date", next 2099-12-24 "Office \\"closed\\""');
    expect((await call('calendars', { name: 'Closed' })).answer['days']).toEqual(days);
    expect((await call('calendars', { name: 'Mars' })).text).toContain('There is no calendar with the name "Mars"');
    const policies = { calendars: { skipOn: ['Closed'] } };
    expect((await call('create', { ...draft, policies })).isError).toBe(false);
    expect((await task()).policies).toEqual(policies);
    expect((await call('update', { job_id: 'Backup', policies: { calendars: { skipOn: ['Mars'] } } })).text).toContain(
      'There is no calendar "Mars"',
    );
  });

  it('are added by agents once a person has approved them as shown', async () => {
    await connect();
    const dates = ['2099-12-24 Office closed', '2099-12-31'];
    const asked = await call('add_calendar', { name: 'Closed', dates });
    const calendars = await application.calendars();
    expect(calendars.list().map(({ name }) => name)).toEqual(['weekends']);
    expect(asked.answer['proposal']).toMatchObject({ title: 'Add the calendar "Closed"' });
    expect((await preview(asked)).differences).toEqual([
      { field: 'Calendar', before: null, after: '2099-12-24 Office closed, 2099-12-31' },
    ]);
    await approve(proposalId(asked));
    expect(calendars.show('Closed').days.map(({ date }) => date)).toEqual(['2099-12-24', '2099-12-31']);
  });

  it('of an address are read only after the approval, which shows the whole address', async () => {
    await connect();
    const url = 'https://example.org/team.ics?key=1';
    const { differences, warnings } = await preview(await call('add_calendar', { name: 'Team', url }));
    expect(differences[0]?.after).toBe(`events of ${url}`);
    expect(warnings).toEqual([`Approving reads ${url} now, and once a day from then on.`]);
  });

  it.each([
    [{ url: '/etc/passwd' }, 'url must begin with https://'],
    [{ url: 'http://example.org/team.ics' }, 'url must begin with https://'],
    [{ url: 'https://example.org/a.ics', holidays: 'DE' }, 'Give exactly one of url, holidays and dates.'],
    [{}, 'Give exactly one of url, holidays and dates.'],
    [{ dates: ['24 December'] }, 'dates: must be a date such as 2026-12-25'],
    [{ name: 'weekends', dates: ['2099-12-24'] }, 'There is a calendar "weekends" already'],
  ])('with %j are refused', async (given, said) => {
    await connect('allow');
    const { isError, text } = await call('add_calendar', { name: 'Mine', ...given });
    expect([isError, text]).toEqual([true, expect.stringContaining(said)]);
    expect((await application.calendars()).list()).toHaveLength(1);
  });
});
