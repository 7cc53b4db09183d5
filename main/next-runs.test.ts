import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { ipcHandlers } from './ipc/handlers.ts';
import { connectClient } from './testing/mcp-harness.ts';
import { memoryHost } from './testing/memory-host.ts';
import { cliFor } from './testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from './testing/memory-application.ts';
import { shownNextRun } from '../renderer/features/task-list/rows/next-run.ts';

/** A Thursday. The next day is in the calendar Closed, and then comes a weekend. */
const now = '2026-12-24T12:00:00.000Z';
const runs = ['2026-12-28T09:00:00.000Z', '2026-12-29T09:00:00.000Z', '2026-12-30T09:00:00.000Z'];
const calendars = { skipOn: ['Closed', 'weekends'] };
const span = { from: now, until: '2026-12-30T12:00:00.000Z' };

let application: MemoryApplication;
beforeEach(async () => {
  application = memoryApplication(now);
  const days = [{ date: '2026-12-25', name: 'Christmas Day' }];
  await (await application.calendars()).add('Closed', { kind: 'dates', days }, 'test');
  await create('Report', calendars);
});
afterEach(() => application.dispose());

async function create(name: string, policy?: object): Promise<void> {
  const task = { name, schedule: '0 9 * * *', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
  const policies = policy === undefined ? {} : { policies: { calendars: policy } };
  await (await application.tasks()).create({ ...task, ...policies }, 'test');
}
const { ok } = cliFor(() => application);
const window = () => ipcHandlers(application, memoryHost());
const snapshot = async () => await window()['app.snapshot']({});
async function agentNext(input: Record<string, unknown>): Promise<string[]> {
  const { client, close } = await connectClient(application);
  const answer = (await client.callTool({ name: 'next', arguments: input })).structuredContent;
  await close();
  return (answer as { slots: string[] }).slots;
}
const parse = () => window()['schedule.parse']({ phrase: '0 9 * * *', timezone: 'UTC', calendars });

/** Every place that says when a task runs next. */
const faces: Readonly<Record<string, () => Promise<readonly (string | undefined)[]>>> = {
  'CLI next TASK': async () => (await ok('next', 'Report')).slots,
  'CLI next GROUP': async () => (await ok('next', 'daily-9am')).slots,
  'CLI get': async () => (await ok('get', 'Report')).nextRuns,
  'CLI list': async () => (await ok('list')).tasks[0]?.nextRuns ?? [],
  'CLI groups': async () => (await ok('groups')).timings[0]?.nextRuns ?? [],
  'agents next, a task': () => agentNext({ job_id: 'Report' }),
  'agents next, a group': () => agentNext({ timing_id: 'daily-9am' }),
  'window, the group': async () => (await snapshot()).timings[0]?.nextRuns ?? [],
  'window, the list': async () => {
    const { tasks, timings } = await snapshot();
    return tasks.map((task) => shownNextRun(task, timings[0], Date.parse(now)));
  },
  'window, the timeline': async () =>
    (await window()['schedule.slots']({ timingId: 'daily-9am', ...span, limit: 100 })).slots,
  'window, the forecast': async () => {
    const { steps } = await window()['schedule.load']({ ...span, stepMs: 3_600_000 });
    const at = (index: number) => new Date(Date.parse(now) + index * 3_600_000).toISOString();
    return steps.flatMap(({ starts }, index) => (starts > 0 ? at(index) : []));
  },
  'window, the editor': async () => (await parse()).nextRuns,
  'window, the page of the task': async () =>
    (await application.reports()).task('Report').next.flatMap(({ slot, dayOff }) => (dayOff === null ? slot : [])),
  tray: async () => (await application.snapshots()).tray([]).next.map(({ at }) => at),
  'skip-next': async () => {
    await ok('skip-next', 'Report');
    return [(await (await application.tasks()).get('Report')).task.skipUntil];
  },
  'skip-next of several tasks': async () => {
    const { task } = await (await application.tasks()).get('Report');
    await (await application.bulkChanges()).apply([task.id], { action: 'skip-next' }, 'test');
    return [(await (await application.tasks()).get('Report')).task.skipUntil];
  },
  proposal: async () => {
    const policies = { calendars };
    const draft = {
      name: 'Other',
      schedule: '0 9 * * *',
      tool: 'shell:run',
      parameters: { command: 'true' },
      policies,
    };
    const agents = await application.agents();
    const seen = { name: 'Agent', version: '1' };
    const change = { action: 'create', draft: (await application.tasks()).readDraft(draft), validate: true } as const;
    const submitted = await agents.submit({ ...change, testRun: false }, seen);
    return submitted.kind === 'waits' ? submitted.preview.nextRuns : [];
  },
};

test.each(Object.keys(faces))('%s leaves out the days of calendars', async (face) => {
  const found = (await faces[face]?.()) ?? [];
  expect(found.length).toBeGreaterThan(0);
  expect(found.slice(0, 3)).toEqual(runs.slice(0, Math.min(3, found.length)));
});

describe('a group of tasks with different calendars', () => {
  beforeEach(() => create('Always'));

  it('runs when any of them does', async () => {
    expect((await ok('next', 'daily-9am')).slots[0]).toBe('2026-12-25T09:00:00.000Z');
    expect((await ok('next', 'Report')).slots[0]).toBe(runs[0]);
  });

  it('says on the timeline and in the forecast which of them do', async () => {
    const { slots, absent } = await window()['schedule.slots']({
      ...{ timingId: 'daily-9am', ...span, limit: 100 },
    });
    const { task } = await (await application.tasks()).get('Report');
    expect(slots).toHaveLength(6);
    expect(absent).toEqual(
      Object.fromEntries(['25', '26', '27'].map((day) => [`2026-12-${day}T09:00:00.000Z`, [task.id]])),
    );
    const question = { fromMs: Date.parse(now), untilMs: Date.parse(span.until), stepMs: 86_400_000 };
    const { steps } = await (await application.snapshots()).load(question);
    expect(steps.map(({ starts }) => starts)).toEqual([1, 1, 1, 2, 2, 2]);
  });
});

it('the editor says why days are left out', async () => {
  expect((await parse()).daysOff).toEqual([
    { slot: '2026-12-25T09:00:00.000Z', reason: 'Closed, Christmas Day' },
    { slot: '2026-12-26T09:00:00.000Z', reason: 'weekends, Saturday' },
    { slot: '2026-12-27T09:00:00.000Z', reason: 'weekends, Sunday' },
  ]);
});

it('a calendar that changes counts at once', async () => {
  const days = [{ date: '2026-12-28', name: '' }];
  await (await application.calendars()).add('Closed', { kind: 'dates', days }, 'test');
  expect((await ok('list')).tasks[0]?.nextRuns?.[0]).toBe('2026-12-25T09:00:00.000Z');
});
