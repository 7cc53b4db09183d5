import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { builtScript } from '../testing/built-script.ts';
import { headless } from '../testing/built-command-line.ts';
import type { WindowsSeen } from '../testing/children/windows-child.ts';
import { onWindows, Wine } from '../testing/wine/wine.ts';

// The product with Node for Windows. Wine 8 lacks PowerShell, the queries of schtasks, and what
// docs/install.md lists; the rest is Windows as the product sees it.

const windows = inject('wine');
const folder = 'C:\\Users\\Public\\NCP Scheduler\\work folder';
let seen: WindowsSeen;

beforeAll(async () => {
  if ('problem' in windows) return;
  const wine = new Wine(windows.folder);
  const script = await builtScript('main/testing/children/windows-child.ts');
  const args = ['C:\\Users\\Public\\NCP Scheduler', onWindows(headless), 'C:\\seen.json'];
  const written = await wine.node(script, args);
  const answer = join(wine.drive, 'seen.json');
  if (!existsSync(answer)) throw new Error(`Node for Windows did not finish: ${written}`);
  seen = JSON.parse(readFileSync(answer, 'utf8')) as WindowsSeen;
});

const onWine = (name: string, check: () => void): void =>
  it(name, (test) => {
    if ('problem' in windows) test.skip(windows.problem);
    check();
  });

onWine('a file that another program holds open is not replaced, and keeps its content until it is', () => {
  expect(seen.files).toEqual({ refusal: 'EPERM', kept: 'old', replaced: 'newer', left: ['file.json'] });
});

onWine('the running program is reached through a named pipe, until it stops listening', () => {
  expect(seen.pipe.path).toMatch(/^\\\\\.\\pipe\\ncp-scheduler-[0-9a-f]{24}$/);
  expect(seen.pipe).toMatchObject({ version: '1.2.3', after: false });
});

onWine('a program is killed together with what it started', () => {
  expect(seen.tree).toMatchObject({ left: 0, alive: false, self: true });
  expect(seen.tree.found).toBeGreaterThanOrEqual(2);
});

const answerOf = (name: string): Record<string, unknown> => {
  const { code, stdout, stderr } = seen.commands[name] ?? { code: null, stdout: '', stderr: '' };
  expect(code, `${name}: ${stdout}${stderr}`).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
};

onWine('a task is created and run by cmd, without HOME, in a long folder with spaces and accents', () => {
  expect(answerOf('create')).toMatchObject({ ok: true, task: { name: 'Größe', workingDirectory: folder } });
  expect(answerOf('trigger')).toMatchObject({ execution: { status: 'success', exitCode: 3, error: null } });
});

onWine('its log has both outputs, without carriage returns and without processes that were left running', () => {
  const { code, stdout } = seen.commands['log'] ?? { code: null, stdout: '' };
  expect(code).toBe(0);
  expect(stdout).not.toContain('\r');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(1).join(' ').trimEnd());
  // `cmd` writes the code page of the console, so letters beyond ASCII are lost (docs/execution.md).
  expect(lines.toSorted()).toEqual(['err two', `out ${folder}`, expect.stringMatching(/^out Gr.+e$/), 'out one']);
});

onWine('a crontab with the line ends of Windows is read', () => {
  expect(answerOf('lint')).toMatchObject({
    files: [{ kind: 'crontab', findings: [], schedules: [{ line: 2, expression: '0 9 * * 1-5', findings: [] }] }],
  });
});

onWine('entries that cannot be queried are not called someone else’s: Task Scheduler does not answer', () => {
  expect(seen.commands['sync']).toMatchObject({ code: 5 });
  expect(JSON.parse(seen.commands['sync']?.stdout ?? '')).toMatchObject({
    error: { code: 'os/unavailable', details: { notes: [expect.stringContaining('it lists no tasks')] } },
  });
});
