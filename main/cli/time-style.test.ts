import { afterEach, beforeEach, expect, it } from 'vitest';
import { runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(async () => {
  application = memoryApplication();
  await runLine(application, ['quick-add', '--name', 'Backup', 'mon-fri at 18:30: true']);
});
afterEach(() => application.dispose());

const groupsOnTerminal = async (): Promise<string> =>
  (await runLine(application, ['groups'], { isTerminal: true, columns: 160 })).stdout;

it.each([
  ['24h', 'Weekdays at 18:30', '2026-11-23 18:30:00'],
  ['12h', 'Weekdays at 6:30 PM', '2026-11-23 6:30:00 PM'],
] as const)('with the setting %s the window and the command line say "%s"', async (timeFormat, words, next) => {
  application.settings.update({ timeFormat });
  const tasks = await application.tasks();
  expect(await tasks.timings()).toMatchObject([{ sentence: words, name: words }]);
  expect((await tasks.understand('weekdays at 18:30')).answer.sentence).toBe(words);
  const tray = (await application.snapshots()).tray([]);
  expect(tray).toMatchObject({ clock: timeFormat, next: [{ taskName: 'Backup' }] });
  const shown = await groupsOnTerminal();
  expect(shown).toContain(words);
  expect(shown).toContain(next);
  expect((await runLine(application, ['parse', 'weekdays', 'at', '18:30'])).stdout).toContain(words);
});

it('with the setting System follows the locale', async () => {
  expect(application.settings.read().timeFormat).toBe('system');
  expect(application.timeStyle()).toEqual({ clock: '24h', weekStart: 'monday' });
  application.settings.update({ firstDayOfWeek: 'sunday' });
  expect(application.timeStyle()).toEqual({ clock: '24h', weekStart: 'sunday' });
});
