import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TaskView, TimingView } from '../../main/contract/task.ts';
import { expect, test } from '../fixtures/app.ts';
import type { Scene } from '../fixtures/app.ts';
import { CommandLine } from '../fixtures/command-line.ts';
import { cronMissing, lastTriggered, systemdMissing } from '../fixtures/os-schedulers.ts';
import { until, untilInstant } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';
import type { TaskEditor } from '../pages/task-editor.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Returns the first full minute that leaves enough time to create the tasks before it. */
const comingMinute = (): number => Math.ceil((Date.now() + 45_000) / minuteMs) * minuteMs;
const clock = (atMs: number): string => new Date(atMs).toISOString().slice(11, 16);
const date = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

const weekdayOf = (atMs: number): string => weekdays[new Date(atMs).getUTCDay()] ?? '';

const fortnightly = (atMs: number): string => `every 2 weeks on ${weekdayOf(atMs)} at ${clock(atMs)}`;

/** Five working days and two days off. The week begins today, so that tomorrow is a working day on every day of the week. */
const workingDays = (atMs: number): string =>
  `every ${[0, 1, 2, 3, 4].map((day) => weekdayOf(atMs + day * dayMs)).join(', ')} at ${clock(atMs)}`;

/** Makes a data directory beside the scene's, whose entries are in the crontab. */
function onCron(scene: Scene): CommandLine {
  const dataDir = join(scene.folder, 'on-cron');
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ osScheduler: 'cron', tourSeen: true }), { mode: 0o600 });
  return new CommandLine('headless', dataDir, scene.env);
}

async function fillShell(editor: TaskEditor, name: string, schedule: string): Promise<void> {
  await editor.name.fill(name);
  await editor.chooseTool('shell:run');
  await editor.command.fill(`echo ${name}`);
  await editor.schedule.fill(schedule);
}

/** Leaves out the days of a calendar. */
async function skipOn(editor: TaskEditor, calendar: string): Promise<void> {
  await editor.dialog.getByRole('button', { name: /^Days off/ }).click();
  await editor.dialog.getByLabel(calendar, { exact: true }).selectOption('Do not run');
}

/** Creates a fortnightly task, one of working days with a day off tomorrow, an interval and a login event. Returns when they are due. */
async function createInTheWindow(window: MainWindow): Promise<number> {
  const atMs = comingMinute();
  for (const [name, schedule] of [
    ['Fortnightly', fortnightly(atMs)],
    ['Interval', `every 90 minutes from today at ${clock(atMs)}`],
    ['Login', 'at login'],
    ['Working days', workingDays(atMs)],
  ] as const) {
    const editor = await window.newTask();
    await fillShell(editor, name, schedule);
    if (name === 'Working days') await skipOn(editor, 'Company');
    await editor.save();
  }
  return atMs;
}

async function ran(cli: CommandLine, ...names: string[]): Promise<void> {
  const all = async (): Promise<boolean> => {
    const done = (await cli.executions('--status', 'success')).map(({ taskName }) => taskName);
    return names.every((name) => done.includes(name));
  };
  await until(`${names.join(', ')} ran`, all, 120_000, 500);
}

async function nextOf(cli: CommandLine, task: string, count = 1): Promise<string[]> {
  return (await cli.json<{ slots: string[] }>('next', task, '--count', String(count))).slots;
}

const after = (atMs: number, ...days: number[]): string[] =>
  days.map((day) => new Date(atMs + day * dayMs).toISOString());

test.use({ usesCrontab: true });

test('a fortnightly task, working days with a day off and an interval, made in the window, are fired by systemd and cron and explained', async ({
  scene,
  cli,
}) => {
  test.skip(systemdMissing !== null, String(systemdMissing));
  test.skip(cronMissing !== null, String(cronMissing));
  scene.configure({ osScheduler: 'systemd', notifyOnFailure: false });
  const tomorrow = date(Date.now() + dayMs);
  await cli.json('calendars', 'add', 'Company', '--date', `${tomorrow} Founders' Day`);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const atMs = await createInTheWindow(window);
  const cron = onCron(scene);
  await cron.createShellTask('Shifted', `every 90 minutes from today at ${clock(atMs)}`, 'echo shifted');
  await cron.createShellTask('Fortnightly', fortnightly(atMs), 'echo fortnightly');
  await cron.json('calendars', 'add', 'Company', '--date', `${tomorrow} Founders' Day`);
  await cron.createShellTask('Working days', workingDays(atMs), 'echo working', '--skip-on', 'Company');
  await app.picture(window.page, 'kinds-of-schedules');
  await app.close();
  expect(Date.now()).toBeLessThan(atMs);
  await untilInstant(atMs);

  await Promise.all([
    ran(cli, 'Fortnightly', 'Interval', 'Working days'),
    ran(cron, 'Shifted', 'Fortnightly', 'Working days'),
  ]);
  const { timings } = await cli.json<{ timings: TimingView[] }>('groups');
  const timingOf = (task: TaskView): TimingView | undefined => timings.find(({ id }) => id === task.timingId);
  const tasks = new Map((await cli.tasks()).map((task) => [task.name, task]));
  for (const name of ['Fortnightly', 'Interval', 'Working days']) {
    const timing = timingOf(tasks.get(name) as TaskView);
    expect(await lastTriggered(basename(timing?.osEntry.path ?? ''))).toBeGreaterThanOrEqual(atMs);
  }
  for (const each of [cli, cron]) {
    expect(await nextOf(each, 'Fortnightly')).toEqual(after(atMs, 14));
    expect(await nextOf(each, 'Working days', 4)).toEqual(after(atMs, 2, 3, 4, 7));
  }
  expect(await nextOf(cli, 'Interval')).toEqual([new Date(atMs + 90 * minuteMs).toISOString()]);
  expect(await nextOf(cron, 'Shifted')).toEqual([new Date(atMs + 90 * minuteMs).toISOString()]);

  const working = tasks.get('Working days') as TaskView;
  await cli.run('_timing-run', working.timingId, '--slot', new Date(atMs + dayMs).toISOString());
  expect((await cli.run('why', 'Working days')).stdout).toContain("Founders' Day");
  expect((await cron.run('why', 'Shifted')).stdout).toContain(new Date(atMs).toISOString());
  const login = timings.find(({ id }) => id === tasks.get('Login')?.timingId);
  expect(login?.osEntry).toMatchObject({ kind: 'systemd', state: 'installed' });
  await cron.run('os', 'remove', '--all');
});
