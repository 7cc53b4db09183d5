import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const run = (...argv: string[]) => runLine(application, argv);
const shell = ['--tool', 'shell:run', '--params', '{"command":"true"}'];

it.each([
  [['list'], 'No tasks.'],
  [['groups'], 'No groups yet.'],
  [['runs'], 'No runs'],
  [['history'], 'No changes.'],
  [['os', 'list'], 'No entries are installed'],
])('%j without rows prints nothing in a pipe, and a sentence on standard error', async (argv, sentence) => {
  const { code, stdout, stderr } = await run(...argv);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain(sentence);
});

describe('schedules', () => {
  it('are written in words by history, undo and update', async () => {
    await ok('create', '--name', 'Deploy', '--on-demand', ...shell);
    const updated = await run('update', 'Deploy', '--schedule', 'every weekday at 9', '--timezone', 'Europe/Berlin');
    expect(updated.stdout).toContain('Weekdays at 9:00 (0 9 * * 1-5), Europe/Berlin');
    const words = 'Only on demand → Weekdays at 9:00, Europe/Berlin';
    expect((await run('history')).stdout).toContain(`schedule: ${words}`);
    expect((await run('undo')).stdout).toContain('schedule: Weekdays at 9:00, Europe/Berlin → Only on demand');
  });

  it('of a task saved with --no-os have a note, until its entry is installed', async () => {
    const { warnings } = await create('Backup', 'true', '--no-os');
    expect(warnings).toEqual([expect.stringContaining('No entry was installed in the OS scheduler')]);
    await ok('create', '--name', 'Deploy', '--on-demand', '--no-os', ...shell);
    expect((await ok('update', 'Deploy', '--name', 'Later', '--no-os')).warnings).toEqual([]);
  });
});

describe('what is refused', () => {
  it.each([
    ['--command', 'Write it as --tool shell:run'],
    ['--url', 'Write it as --tool http:request'],
  ])('create %s names the right form', async (option, form) => {
    const { error } = await fails('create', '--name', 'A', '--schedule', '@daily', option, 'x');
    expect(error).toMatchObject({ code: 'usage/unknown-option', message: expect.stringContaining(form) as string });
  });

  it.each([
    ['agent:run', { agent: 'codex', prompt: 'a', promptFile: 'b' }, 'exactly one of prompt and promptFile'],
    ['agent:run', { agent: 'command', prompt: 'a', command: [''] }, '"command" must begin with the name of a program'],
    ['shell:run', { args: ['', 'x'] }, '"args" must begin with the name of a program'],
    ['shell:run', { command: 'true', cmd: 'x' }, 'has no field "cmd"'],
  ])('%s with %j says what is right', async (tool, parameters, words) => {
    const draft = ['--name', 'A', '--schedule', '@daily', '--tool', tool, '--params', JSON.stringify(parameters)];
    expect((await fails('create', ...draft)).error.message).toContain(words);
  });

  it('an end before the start, and one that has passed', async () => {
    const draft = ['create', '--name', 'A', '--schedule', '@daily', ...shell];
    const dates = ['--start-date', '2027-01-02T00:00:00Z', '--end-date', '2027-01-01T00:00:00Z'];
    expect((await fails(...draft, ...dates)).error.message).toContain('before startDate');
    const past = ['--end-date', '2026-01-01T00:00:00Z'];
    expect((await fails(...draft, ...past)).error.message).toContain('has passed');
    await create('Backup', 'true');
    expect((await fails('update', 'Backup', ...past)).error.message).toContain('has passed');
  });
});
