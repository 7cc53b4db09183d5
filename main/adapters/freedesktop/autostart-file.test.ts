import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { AutostartFile } from './autostart-file.ts';

function item(homeDir: string, command: readonly string[], configHome?: string): AutostartFile {
  return new AutostartFile({ homeDir, configHome, namespace: '', command });
}

test('is off at first, written when turned on, and deleted when turned off', () => {
  const home = temporaryDir();
  const login = item(home, ['/opt/ncp/ncp-scheduler', '--hidden']);
  expect(login.enabled()).toBe(false);
  expect(login.setEnabled(true)).toBe(true);
  const path = join(home, '.config/autostart/ncp-scheduler.desktop');
  expect(readFileSync(path, 'utf8')).toContain('Exec=/opt/ncp/ncp-scheduler --hidden\n');
  expect(login.setEnabled(false)).toBe(false);
  expect(existsSync(path)).toBe(false);
});

test('follows a program that moved', () => {
  const home = temporaryDir();
  item(home, ['/old/NCP.AppImage', '--hidden']).setEnabled(true);
  const moved = item(home, ['/new/NCP.AppImage', '--hidden']);
  moved.setEnabled(true);
  expect(readFileSync(moved.path, 'utf8')).toContain('Exec=/new/NCP.AppImage --hidden\n');
});

test('counts as off if the desktop’s own settings turned it off', () => {
  const login = item(temporaryDir(), ['/opt/ncp/ncp-scheduler']);
  login.setEnabled(true);
  writeFileSync(login.path, `${readFileSync(login.path, 'utf8')}X-GNOME-Autostart-enabled=false\n`);
  expect(login.enabled()).toBe(false);
});

test('is in XDG_CONFIG_HOME, with a different name for each data directory', () => {
  const config = temporaryDir();
  const options = { homeDir: '/nowhere', configHome: config, command: ['/x'], namespace: 'ab12' };
  expect(new AutostartFile(options).path).toBe(join(config, 'autostart/ncp-scheduler-ab12.desktop'));
});
