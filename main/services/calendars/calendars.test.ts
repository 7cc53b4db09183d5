import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CalendarDay } from '../../contract/calendars.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
/** The days of the file, or null while it is away. */
let file: CalendarDay[] | null;
let readings: number;
beforeEach(() => {
  file = [{ date: '2026-12-25', name: 'Christmas Day' }];
  readings = 0;
  application = memoryApplication('2026-12-24T12:00:00.000Z');
  Object.assign(application.outside, {
    calendarSources: () =>
      Promise.resolve({
        days: () => {
          readings += 1;
          if (file !== null) return Promise.resolve(file);
          return Promise.reject(new SchedulerError('calendar/unreadable', 'The server is away.'));
        },
        choices: () => Promise.resolve([]),
      }),
  });
});
afterEach(() => application.dispose());

const calendars = () => application.calendars();
const addTeam = async () => (await calendars()).add('Team', { kind: 'ics', from: '/team.ics' }, 'test');
async function create(policy: object, draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const base = {
    name: 'Report',
    schedule: '0 9 * * *',
    timezone: 'UTC',
    tool: 'shell:run',
    parameters: { command: 'true' },
  };
  const { task } = await (
    await application.tasks()
  ).create({ ...base, ...draft, policies: { calendars: policy } }, 'test');
  return task.id;
}
const groupOf = async (id: string) => (await (await application.tasks()).get(id)).task.timingId;
async function fireAt(instant: string, id: string): Promise<number> {
  application.clock.set(instant);
  return (await (await application.runs()).fire(await groupOf(id))).executions.length;
}
const fates = (id: string) =>
  application.ledger
    .slots(id, '2026-01-01T00:00:00.000Z')
    .map(({ slot, state, reason, detail }) => [slot.slice(5, 10), reason ?? state, detail]);

describe('a task with calendars', () => {
  it('does not run on their days, and the slot names the day', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team', 'weekends'] });
    expect(await fireAt('2026-12-25T09:00:00.000Z', id)).toBe(0);
    expect(await fireAt('2026-12-26T09:00:00.000Z', id)).toBe(0);
    expect(await fireAt('2026-12-28T09:00:00.000Z', id)).toBe(1);
    expect(fates(id)).toEqual([
      ['12-25', 'calendar', 'Team, Christmas Day'],
      ['12-26', 'calendar', 'weekends, Saturday'],
      ['12-27', 'calendar', 'weekends, Sunday'],
      ['12-28', 'claimed', null],
    ]);
  });

  it('runs a moved slot once, and its group has an entry for every day', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team', 'weekends'], dayOff: 'next' }, { schedule: '0 9 * * 5' });
    const [entry] = application.os.installed.values();
    expect(entry?.key).toBe('0 9 * * * UTC');
    expect(await fireAt('2026-12-25T09:00:00.000Z', id)).toBe(0);
    expect(await fireAt('2026-12-28T09:00:00.000Z', id)).toBe(1);
    expect(await fireAt('2026-12-28T09:01:00.000Z', id)).toBe(0);
    expect(fates(id)).toEqual([
      ['12-25', 'calendar', 'Team, Christmas Day; moved to 2026-12-28'],
      ['12-28', 'claimed', null],
    ]);
  });

  it('shows in its next slots which days are left out', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team'] });
    const { next } = (await application.reports()).task(id);
    expect(next.slice(0, 2).map(({ slot, dayOff }) => [slot.slice(5, 10), dayOff])).toEqual([
      ['12-25', 'Team, Christmas Day'],
      ['12-26', null],
    ]);
  });

  it('names as its next runs only those at which it runs', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team', 'weekends'] });
    const { nextRuns } = await (await application.tasks()).get(id);
    expect(nextRuns.map((run) => run.slice(5, 10))).toEqual(['12-28', '12-29', '12-30', '12-31', '01-01']);
    const moved = await create({ skipOn: ['Team', 'weekends'], dayOff: 'next' }, { schedule: '2026-12-25 09:00' });
    expect((await (await application.tasks()).get(moved)).nextRuns).toEqual(['2026-12-28T09:00:00.000Z']);
    const never = await create({ skipOn: ['weekends'] }, { schedule: '0 9 * * 6' });
    expect((await (await application.tasks()).get(never)).nextRuns).toEqual([]);
  });

  it('is backfilled at the day to which a slot moved, and never on the day that was left out', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team', 'weekends'], dayOff: 'next' }, { schedule: '0 9 * * 5' });
    application.clock.set('2026-12-30T12:00:00.000Z');
    const request = { taskId: id, since: '2026-12-24T12:00:00.000Z' };
    const backfills = await application.backfills();
    expect(backfills.preview(request).slots).toEqual(['2026-12-28T09:00:00.000Z']);
    await backfills.run(request);
    expect(fates(id)).toContainEqual(['12-28', 'claimed', 'run by a backfill']);
  });

  it('runs while the known days cannot be read', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team'] });
    const refuse = () => {
      throw new SchedulerError('store/calendars-unreadable', 'The file is damaged.');
    };
    Object.assign(application.outside.calendarMemory, { read: refuse });
    expect(await fireAt('2026-12-25T09:00:00.000Z', id)).toBe(1);
  });

  it('cannot name a calendar that does not exist', async () => {
    await expect(create({ skipOn: ['Nowhere'] })).rejects.toThrow(/no calendar "Nowhere"\. Known are weekends/);
    await expect(create({ skipOnn: ['weekends'] })).rejects.toThrow(/skipOnn does not exist/);
  });
});

describe('the days of a calendar', () => {
  it('are read again once a day when a task is due, and the last good ones count while the file is away', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team'] });
    const before = readings;
    await fireAt('2026-12-24T13:00:00.000Z', id);
    expect(readings).toBe(before);
    file = null;
    expect(await fireAt('2026-12-25T12:30:00.000Z', id)).toBe(0);
    expect(readings).toBe(before + 1);
    expect(fates(id)).toEqual([['12-25', 'calendar', 'Team, Christmas Day']]);
    expect((await calendars()).list().find(({ name }) => name === 'Team')).toMatchObject({
      problem: 'The server is away.',
      readAt: '2026-12-24T12:00:00.000Z',
      next: { date: '2026-12-25' },
      tasks: ['Report'],
    });
    file = [{ date: '2026-12-26', name: 'Moved' }];
    await fireAt('2026-12-26T09:00:00.000Z', id);
    expect(fates(id).at(-1)).toEqual(['12-26', 'calendar', 'Team, Moved']);
  });

  it('must be readable when it is added', async () => {
    file = null;
    await expect(addTeam()).rejects.toThrow('The server is away.');
    expect((await calendars()).list().map(({ name }) => name)).toEqual(['weekends']);
    await expect((await calendars()).add(' ', { kind: 'ics', from: '/a' }, 'test')).rejects.toThrow(/NAME/);
    const never = { kind: 'dates', days: [{ date: '2026-02-30', name: '' }] } as const;
    await expect((await calendars()).add('Never', { ...never, days: [...never.days] }, 'test')).rejects.toThrow(
      /does not exist/,
    );
  });

  it('stay while a task uses the calendar, and can be brought back', async () => {
    await addTeam();
    const id = await create({ skipOn: ['Team'] });
    const service = await calendars();
    expect(() => service.remove('Team', 'test')).toThrow(/used by "Report"/);
    expect(() => service.remove('weekends', 'test')).toThrow(/built in/);
    await (await application.tasks()).delete(id, 'test');
    service.remove('Team', 'test');
    expect(() => service.show('Team')).toThrow(/no calendar with the name "Team"/);
    const [change] = (await application.history()).list({ limit: 1 });
    await (await application.history()).undo(change?.id ?? 0, 'test');
    expect(service.show('Team').days).toEqual([{ date: '2026-12-25', name: 'Christmas Day' }]);
  });

  it('go with an export of one task, only those that it uses, and count where it is imported', async () => {
    await addTeam();
    const closed = { kind: 'dates' as const, days: [{ date: '2026-12-25', name: 'Christmas Day' }] };
    await (await calendars()).add('Closed', closed, 'test');
    const id = await create({ skipOn: ['Closed', 'weekends'] });
    await create({ skipOn: ['Team'] }, { name: 'Other' });
    const { document } = (await application.transfer()).exported({ withSecrets: false, taskIds: [id] });
    expect(document.settings).toEqual({ calendars: { Closed: closed } });

    const there = memoryApplication('2026-12-24T12:00:00.000Z');
    onTestFinished(() => there.dispose());
    const transfer = await there.transfer();
    const source = await transfer.readContent(Buffer.from(JSON.stringify(document)), 'report.json', null);
    const { changes } = await transfer.apply(source, importOptionsSchema.parse({ keepActive: true }), 'test');
    expect(changes.map(({ name, action }) => [name, action])).toEqual([
      ['Report', 'add'],
      ['calendar Closed', 'add'],
    ]);
    const { task, nextRuns } = await (await there.tasks()).get('Report');
    expect(task.policies?.calendars).toEqual({ skipOn: ['Closed', 'weekends'] });
    expect(nextRuns[0]).toBe('2026-12-28T09:00:00.000Z');
  });
});
