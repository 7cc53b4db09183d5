import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { autostartEntry, isSwitchedOff } from './desktop-entry.ts';

const execOf = (command: readonly string[]) => /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1];

test.each([
  [['/opt/NCP Scheduler/ncp-scheduler', '--hidden'], String.raw`"/opt/NCP Scheduler/ncp-scheduler" --hidden`],
  [['/a/100%/x'], '"/a/100%%/x"'],
  [['/a/"q"$HOME`x`'], '"/a/\\\\"q\\\\"\\\\$HOME\\\\`x\\\\`"'],
  [[String.raw`/a/b\c`], String.raw`"/a/b\\\\c"`],
  [['/a/line\nbreak'], String.raw`"/a/line\nbreak"`],
  [['/plain/path-1.2_x', '--data-dir=/srv/a'], '/plain/path-1.2_x --data-dir=/srv/a'],
])('the command %j', (command, exec) => expect(execOf(command)).toBe(exec));

test.each(['\u0000', '\u0007', '\u000b', '\u001b', '\u007f', '\u0085', '\u2028', '\ud800'])(
  'a command with %j is refused, because no .desktop file can contain it',
  (char) =>
    expect(() => autostartEntry(['/opt/ncp-scheduler', `--data-dir=/a${char}b`])).toThrow('has a control character'),
);

test('desktop-file-validate accepts the entry', (context) => {
  if (spawnSync('desktop-file-validate', ['--help']).status !== 0)
    context.skip('desktop-file-validate is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'ncp-entry-'));
  const file = join(folder, 'ncp-scheduler.desktop');
  try {
    writeFileSync(file, autostartEntry(['/opt/a "b" $c %d/x', '--hidden']));
    expect(execFileSync('desktop-file-validate', [file], { encoding: 'utf8' })).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['Hidden=true\n', true],
  ['X-GNOME-Autostart-enabled=false\n', true],
  ['Hidden=false\nX-GNOME-Autostart-enabled=true\n', false],
  [autostartEntry(['/x']), false],
])('%j is switched off: %s', (entry, off) => expect(isSwitchedOff(entry)).toBe(off));
