import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverRunAt } from '../../contract/schedule-rule.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const start = '2026-11-23T12:00:00.000Z';
const hours = (count: number) => Date.parse(start) + count * 3_600_000;
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication(start);
});
afterEach(() => application.dispose());

const create = async (schedule: string, change: Partial<TaskDraftInput> = {}) => {
  const work = { name: schedule, tool: 'shell:run', parameters: { command: 'true' } };
  return (await (await application.tasks()).create({ ...work, schedule, ...change }, 'test')).task;
};
/** An entry of the OS was started for an event that happened now, or at `sinceMs`. */
const happens = (event: 'login' | 'startup', id: string, sinceMs = application.clock.now()) =>
  application.outside.happened.latest.set(event, { id, sinceMs });
const fire = async (group: string, ...events: ('login' | 'startup')[]) =>
  (await (await application.runs()).fire(group, undefined, events)).executions;
const why = async (id: string) => (await application.slots()).why(id, '2026-11-01T00:00:00.000Z');

describe('a task at login', () => {
  it('runs once for each login, however often its entry is started', async () => {
    const { id } = await create('at login');
    application.clock.set('2026-11-23T13:00:30.500Z');
    happens('login', 'one');
    expect(await fire('at-login', 'login')).toMatchObject([
      { slot: '2026-11-23T13:00:30.500Z', trigger: 'schedule', status: 'success' },
    ]);
    application.clock.set('2026-11-23T13:00:31.000Z');
    expect(await fire('at-login', 'login')).toEqual([]);
    application.clock.set('2026-11-23T18:00:00.000Z');
    happens('login', 'two');
    expect(await fire('at-login', 'login')).toHaveLength(1);
    expect(await why(id)).toMatchObject([{ state: 'claimed' }, { state: 'claimed' }]);
  });

  it('does not run for the login in which it was created, enabled or resumed', async () => {
    happens('login', 'one', hours(-2));
    const { id } = await create('at login');
    expect(await fire('at-login', 'login')).toEqual([]);
    expect(await why(id)).toEqual([]);
  });

  it('has no catch-up: a slot that nobody ran in time is missed', async () => {
    const { id } = await create('at login', { policies: { catchUp: 'all' } });
    application.clock.set('2026-11-23T13:00:00.000Z');
    const [at, since] = [application.clock.nowIso(), application.clock.nowIso()];
    // Noted, and then the process was killed before it claimed the slot.
    application.outside.eventMemory.note([{ event: 'login', id: 'one', at, since }]);
    application.clock.set('2026-11-23T14:00:00.000Z');
    expect(await fire('at-login')).toEqual([]);
    expect(await why(id)).toMatchObject([{ slot: '2026-11-23T13:00:00.000Z', reason: 'missed' }]);
  });

  it('runs for a noted event that is not claimed yet, if it is found in time', async () => {
    await create('at login');
    application.clock.set('2026-11-23T13:00:00.000Z');
    const [at, since] = [application.clock.nowIso(), application.clock.nowIso()];
    application.outside.eventMemory.note([{ event: 'login', id: 'one', at, since }]);
    application.clock.set('2026-11-23T13:01:00.000Z');
    expect(await fire('at-login')).toHaveLength(1);
  });

  it('counts an event that the system cannot tell from others, once for each start of the system', async () => {
    await create('at login');
    for (const [at, start, runs] of [
      ['2026-11-23T13:00:00.000Z', 'first', 1],
      ['2026-11-23T14:00:00.000Z', 'first', 0],
      ['2026-11-23T15:00:00.000Z', 'second', 1],
    ] as const) {
      happens('startup', start);
      application.clock.set(at);
      expect(await fire('at-login', 'login')).toHaveLength(runs);
    }
  });

  it('is not run while it is paused, and the slot says why', async () => {
    const { id } = await create('at login');
    await (await application.tasks()).pause(id, {}, 'test');
    application.clock.set('2026-11-23T13:00:00.000Z');
    happens('login', 'one');
    expect(await fire('at-login', 'login')).toEqual([]);
    expect(await why(id)).toMatchObject([{ state: 'skipped', reason: 'paused' }]);
  });

  it('skips the next event only, and says so only once', async () => {
    const { id } = await create('at login');
    const tasks = await application.tasks();
    expect((await tasks.skipNext(id, 'test')).task.skipUntil).toBe(neverRunAt);
    await expect(tasks.skipNext(id, 'test')).rejects.toThrow('skips its next event already');
    for (const [at, login, count] of [
      ['2026-11-23T13:00:00.000Z', 'one', 0],
      ['2026-11-23T14:00:00.000Z', 'two', 1],
    ] as const) {
      application.clock.set(at);
      happens('login', login);
      expect(await fire('at-login', 'login')).toHaveLength(count);
    }
    expect(await why(id)).toMatchObject([{ reason: 'skip-next' }, { state: 'claimed' }]);
  });

  it('skips one event also if earlier ones are noted and not yet settled', async () => {
    const { id } = await create('at login');
    for (const minute of ['10', '20']) {
      const at = `2026-11-23T13:${minute}:00.000Z`;
      application.outside.eventMemory.note([{ event: 'login', id: minute, at, since: at }]);
    }
    application.clock.set('2026-11-23T13:30:00.000Z');
    await (await application.tasks()).skipNext(id, 'test');
    application.clock.set('2026-11-23T14:00:00.000Z');
    happens('login', 'three');
    expect(await fire('at-login', 'login')).toEqual([]);
    expect(await why(id)).toMatchObject([{ reason: 'missed' }, { reason: 'missed' }, { reason: 'skip-next' }]);
  });

  it('is not noted for a group that does not exist, whose entry is a leftover', async () => {
    await create('at login');
    application.clock.set('2026-11-23T13:00:00.000Z');
    happens('login', 'one');
    await expect(fire('at-logout', 'login')).rejects.toMatchObject({ code: 'timing/not-found' });
    expect(application.outside.eventMemory.read()).toEqual([]);
  });

  it('with the next event skipped runs at every time of a new schedule', async () => {
    const { id } = await create('at login');
    const tasks = await application.tasks();
    await tasks.skipNext(id, 'test');
    expect((await tasks.update(id, { schedule: 'every day at 9' }, 'test')).task).not.toHaveProperty('skipUntil');
  });

  it('ends at its end date', async () => {
    const { id } = await create('at login', { endDate: '2026-11-23T13:00:00.000Z' });
    application.clock.set('2026-11-23T12:30:00.000Z');
    happens('login', 'one');
    expect(await fire('at-login', 'login')).toHaveLength(1);
    application.clock.set('2026-11-23T13:30:00.000Z');
    happens('login', 'two');
    expect(await fire('at-login', 'login')).toEqual([]);
    expect((await (await application.tasks()).get(id)).task.status).toBe('completed');
  });
});

describe('several events', () => {
  it('a start and the login that comes with it are one slot of a task for both', async () => {
    await create('at startup or at login');
    application.clock.set('2026-11-23T13:00:00.000Z');
    happens('startup', 'boot 1', hours(0.9));
    happens('login', 'login 1');
    expect(await fire('at-startup-or-at-login', 'startup', 'login')).toHaveLength(1);
    application.clock.set('2026-11-23T14:00:00.000Z');
    happens('login', 'login 2');
    expect(await fire('at-startup-or-at-login', 'startup', 'login')).toHaveLength(1);
  });

  it('a startup counts at the first login after it, however late', async () => {
    await create('at startup');
    application.clock.set('2026-11-23T18:00:00.000Z');
    happens('startup', 'boot 1', hours(1));
    expect(await fire('at-startup', 'startup')).toMatchObject([{ slot: '2026-11-23T18:00:00.000Z' }]);
  });

  it('two in one minute are two slots', async () => {
    await create('at login or on wake');
    application.clock.set('2026-11-23T13:00:00.000Z');
    const at = application.clock.nowIso();
    application.outside.eventMemory.note([{ event: 'wake', id: 'w', at, since: at }]);
    application.clock.set('2026-11-23T13:00:20.000Z');
    happens('login', 'one');
    expect(await fire('at-login-or-on-wake', 'login')).toHaveLength(2);
  });
});

describe('the running app', () => {
  const lead = async (options: { noticesWake?: boolean } = {}) => {
    const primary = await application.lead({ listener: quietListener, show: () => undefined, ...options });
    primary.start();
    return primary;
  };
  const ran = () => application.ledger.list({ limit: 50, offset: 0 }).executions.length;

  it('starts tasks on wake and on unlock, once for each, also if the system says it twice', async () => {
    await create('on wake');
    await create('on unlock');
    const primary = await lead();
    application.clock.advance(60_000);
    primary.happened('wake');
    await expect.poll(ran).toBe(1);
    application.clock.advance(2000);
    primary.happened('wake');
    primary.happened('unlock');
    await expect.poll(ran).toBe(2);
    application.clock.advance(3_600_000);
    primary.happened('wake');
    await expect.poll(ran).toBe(3);
    await primary.stop();
  });

  it('notes no event for which there is no task', async () => {
    await create('on unlock');
    const primary = await lead();
    primary.happened('wake');
    expect(application.outside.eventMemory.read()).toEqual([]);
    await primary.stop();
  });

  it('sees by itself that the machine slept, where nothing else tells it', async () => {
    await create('on wake');
    application.outside.happened.sleptMs = 500_000;
    const primary = await lead({ noticesWake: true });
    application.clock.advance(30_000);
    application.outside.happened.sleptMs += 900;
    application.clock.advance(30_000);
    expect(ran()).toBe(0);
    application.outside.happened.sleptMs += 3_600_000;
    application.clock.advance(30_000);
    await expect.poll(ran).toBe(1);
    await primary.stop();
  });

  it('starts tasks at a login that no entry fires, if it starts itself soon after it, and only once', async () => {
    application.settings.update({ osScheduler: 'in-process' });
    await create('at login');
    application.clock.set('2026-11-23T13:00:30.000Z');
    happens('login', 'one', hours(1));
    for (let start = 0; start < 2; start += 1) {
      const primary = await lead();
      await expect.poll(ran).toBe(1);
      await primary.stop();
    }
    expect(ran()).toBe(1);
  });

  it('misses a login that is long over when it starts', async () => {
    application.settings.update({ osScheduler: 'in-process' });
    const { id } = await create('at login');
    application.clock.set('2026-11-23T15:00:00.000Z');
    happens('login', 'one', hours(1));
    const primary = await lead();
    await expect.poll(() => why(id)).toMatchObject([{ slot: '2026-11-23T13:00:00.000Z', reason: 'missed' }]);
    expect(ran()).toBe(0);
    await primary.stop();
  });

  it('leaves logins to the entries of the OS scheduler', async () => {
    await create('at login');
    application.clock.set('2026-11-23T13:00:30.000Z');
    happens('login', 'one', hours(1));
    const primary = await lead();
    application.clock.advance(30_000);
    expect(application.outside.eventMemory.read()).toEqual([]);
    await primary.stop();
  });
});

describe('entries', () => {
  const view = async (id: string) => (await (await application.tasks()).get(id)).timing;

  it('are installed for the events that the OS scheduler knows only', async () => {
    const [login, wake] = [await create('at login'), await create('on wake')];
    expect((await view(login.id)).osEntry).toMatchObject({ kind: 'systemd', state: 'installed' });
    expect((await view(wake.id)).osEntry).toMatchObject({ kind: 'systemd', state: 'not-needed' });
    await create('on wake or at startup');
    const group = application.os.installed.get('at-startup-or-on-wake');
    expect(group?.schedule).toMatchObject({ kind: 'event', events: ['startup'] });
  });

  it('are not promised where the app must notice the event: creating the task says so', async () => {
    const work = { name: 'Wake', tool: 'shell:run', parameters: { command: 'true' }, schedule: 'on wake' };
    const { warnings } = await (await application.tasks()).create({ ...work, policies: { catchUp: 'once' } }, 'test');
    expect(warnings).toEqual([
      'An event is not repeated later, so these settings of the task have no effect: catch-up.',
      expect.stringContaining('nothing starts while neither runs'),
    ]);
  });

  it('are previewed with what they cannot do', async () => {
    const entries = await application.entries();
    const spec = { kind: 'event', events: ['login', 'wake'], timezone: 'UTC' } as const;
    const { notes } = await entries.preview('systemd', spec);
    expect(notes.join(' ')).toContain('No entry of the OS scheduler (systemd) starts tasks on wake: the app notices');
    const cron = await entries.preview('cron', spec);
    expect(cron.artifacts).toEqual([]);
    expect(cron.notes).toHaveLength(2);
  });
});
