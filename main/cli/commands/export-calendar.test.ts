import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

let application: MemoryApplication;
beforeEach(async () => {
  application = memoryApplication();
  const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
  await (await application.tasks()).create(draft, 'cli');
});
afterEach(() => application.dispose());

const events = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').length;

describe('export --as ical', () => {
  it('prints a calendar that programs can read', async () => {
    const { stdout } = await runLine(application, ['export', '--as', 'ical', '--days', '3']);
    expect(events(stdout)).toBe(3);
    expect(stdout).toMatch(/^BEGIN:VCALENDAR\r\n/);
  });

  it('writes a private file, with past runs if asked for', async () => {
    await (
      await application.runs()
    ).trigger(Object.keys(application.store.read().tasks)[0] ?? '', { trigger: 'manual' });
    const file = join(temporaryDir(), 'tasks.ics');
    const { stdout } = await runLine(application, [
      'export',
      '--as',
      'ical',
      '--days',
      '3',
      '--past',
      '1',
      '--out',
      file,
    ]);
    expect(stdout).toContain('Exported 1 task to');
    expect(events(readFileSync(file, 'utf8'))).toBe(4);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    [['export', '--days', '3'], '--days has an effect only with --as ical'],
    [['export', '--past', '3'], '--past has an effect only with --as ical'],
    [['export', '--as', 'ical', '--days', '0'], '--days'],
    [['export', '--as', 'ical', '--group', 'no-such'], 'no-such'],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await runLine(application, argv);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
