import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { serverFiles } from './server-files.ts';

let homeDir = '';
beforeEach(() => {
  homeDir = temporaryDir();
});

function write(path: string, text = '{}'): string {
  const file = join(homeDir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const found = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
  serverFiles({ platform, homeDir, env }).map(({ path }) => path);

it.each([
  ['linux', '.config/Claude/claude_desktop_config.json'],
  ['darwin', 'Library/Application Support/Claude/claude_desktop_config.json'],
  ['win32', 'AppData/Roaming/Claude/claude_desktop_config.json'],
] as const)('are Claude Desktop’s on %s', (platform, path) => {
  const file = write(path, '{"mcpServers":{}}');
  expect(serverFiles({ platform, homeDir, env: {} })).toEqual([{ path: file, text: '{"mcpServers":{}}' }]);
});

it('follow the folders that the environment names', () => {
  const linux = write('elsewhere/Claude/claude_desktop_config.json');
  expect(found('linux', { XDG_CONFIG_HOME: join(homeDir, 'elsewhere') })).toEqual([linux]);
  expect(found('win32', { APPDATA: join(homeDir, 'elsewhere') })).toEqual([linux]);
});

it('are then ncp’s profiles by name, without the one that the app reads anyway', () => {
  const [work, all, home, other] = ['work.json', 'all.json', 'home.json', 'notes.txt'].map((name) =>
    write(join('.ncp', 'profiles', name)),
  );
  const claude = write('.config/Claude/claude_desktop_config.json');
  expect(found('linux')).toEqual([claude, home, work]);
  expect(found('linux')).not.toContain(all);
  expect(found('linux')).not.toContain(other);
});

it('omit missing and unreadable files', () => {
  expect(found('linux')).toEqual([]);
  chmodSync(write('.ncp/profiles/locked.json'), 0);
  const asRoot = process.getuid?.() === 0;
  expect(found('linux')).toHaveLength(asRoot ? 1 : 0);
});
