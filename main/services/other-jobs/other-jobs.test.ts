import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApplication } from '../../application/create-application.ts';
import { parseCron } from '../../domain/cron/parse-cron.ts';
import { dayMs, minuteMs } from '../../domain/durations.ts';
import type { FoundJob } from '../../ports/other-schedulers.ts';
import { memoryOutside } from '../../testing/memory-outside.ts';
import type { MemoryOutside } from '../../testing/memory-outside.ts';

const nowMs = Date.UTC(2026, 10, 28, 12);
let outside: MemoryOutside;

beforeEach(() => {
  outside = memoryOutside(new Date(nowMs).toISOString());
});
afterEach(() => outside.dispose());

const daily3: FoundJob['schedules'] = [{ kind: 'cron', cron: parseCron('0 3 * * *'), timezone: 'UTC' }];
const job = (name: string, more: Partial<FoundJob> = {}): FoundJob => ({
  ...{ place: 'systemd-system', source: `${name}.timer`, name, command: '/bin/x', runsAs: 'root', schedules: daily3 },
  ...{ trigger: null, written: 'OnCalendar=*-*-* 03:00:00', original: '[Timer]', nextMs: nowMs + dayMs },
  ...{ watchedFromMs: null, graceMs: minuteMs, stopped: null },
  last: { atMs: nowMs - dayMs, result: 'succeeded', detail: 'exit code 0' },
  ...more,
});
async function listed(jobs: readonly FoundJob[]) {
  outside.others.found = { jobs, unread: [] };
  return (await (await createApplication(outside).otherJobs()).list()).jobs;
}

test('failed jobs come first, then overdue ones, stopped ones and the others by their next run', async () => {
  const jobs = await listed([
    job('later', { nextMs: nowMs + 2 * dayMs }),
    job('none', { nextMs: null }),
    job('soon', { nextMs: nowMs + minuteMs }),
    job('off', { stopped: 'The timer is not started.' }),
    job('late', { watchedFromMs: nowMs - 3 * dayMs }),
    job('bad', { last: { atMs: null, result: 'failed', detail: 'exit code 3' } }),
  ]);
  expect(jobs.map(({ name, state }) => [name, state])).toEqual([
    ['bad', 'failed'],
    ['late', 'overdue'],
    ['off', 'stopped'],
    ['soon', 'fine'],
    ['later', 'fine'],
    ['none', 'fine'],
  ]);
  expect(jobs[1]?.dueAt).toBe('2026-11-26T03:00:00.000Z');
  expect(jobs[2]?.nextRun).toBeNull();
});

test('a job is overdue once its next run passed by more than it may be late, unless it is running', async () => {
  const passed = { nextMs: nowMs - 2 * minuteMs };
  const running = { atMs: null, result: 'running', detail: 'running' } as const;
  const jobs = await listed([
    job('late', passed),
    job('allowed', { ...passed, graceMs: 3 * minuteMs }),
    job('busy', { ...passed, last: running }),
    job('on-time', { watchedFromMs: nowMs - 8 * 3_600_000 }),
  ]);
  expect(jobs.filter(({ state }) => state === 'overdue').map(({ name }) => name)).toEqual(['late']);
});

test('a line of the crontab has words, a next run and a way in; the others say why not', async () => {
  outside.crontab.text = '# Photos\n0 9 * * 1-5 backup\n@reboot mount-disk\n';
  const jobs = await listed([job('system')]);
  expect(jobs.find(({ name }) => name === 'Photos')).toMatchObject({
    schedule: 'Weekdays at 9:00',
    written: '0 9 * * 1-5',
    original: '0 9 * * 1-5 backup',
    nextRun: '2026-11-30T09:00:00.000Z',
    result: 'unknown',
    resultDetail: 'cron does not record results',
    import: { kind: 'crontab', source: 'line 2', moves: true },
  });
  const reboot = jobs.find(({ name }) => name === 'mount-disk');
  expect(reboot).toMatchObject({
    ...{ schedule: 'When the machine starts', nextRun: null },
    import: { kind: 'crontab', source: 'line 3', moves: true },
  });
  expect(jobs.find(({ name }) => name === 'system')?.importProblem).toBe(
    'It belongs to the system and runs as the user "root". Tasks here run as you.',
  );
});

test('a date that no calendar has is listed without a next run', async () => {
  outside.crontab.text = '0 0 30 2 * never\n';
  expect((await listed([]))[0]).toMatchObject({ name: 'never', nextRun: null, state: 'fine' });
});

test('times follow the clock that the person chose', async () => {
  outside.settings.update({ timeFormat: '12h' });
  outside.crontab.text = '0 9 * * * backup\n';
  expect((await listed([]))[0]?.schedule).toBe('Every day at 9:00 AM');
});

test('listing changes nothing', async () => {
  outside.crontab.text = '0 9 * * * backup\n';
  const before = [outside.crontab.text, JSON.stringify(outside.store.read()), outside.ledger.changes({}, 10)];
  await listed([job('system')]);
  expect([outside.crontab.text, JSON.stringify(outside.store.read()), outside.ledger.changes({}, 10)]).toEqual(before);
});
