import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { prepareDataDir } from './data-dir.ts';
import { writeDurably } from './durable-write.ts';
import { openScheduleStore } from './schedule/schedule-file.ts';
import { withKeyFile } from './secrets/key-file-cipher.ts';

const games = 1234;
const refused = (code: string) =>
  expect.objectContaining({
    code,
    message: expect.stringContaining("sudo -u '#1234' ncp-scheduler") as unknown,
  }) as Error;

function addATask(dir: string): void {
  openScheduleStore({ dir, ledger: memoryLedger() }).update((draft) => {
    addTask(draft, { id: 'a' });
  });
}

describe('root', () => {
  beforeEach(({ skip }) => {
    if (process.getuid?.() !== 0) skip('needs root, to give a folder to another user');
  });

  it('changes nothing in the data directory of another user, and names the command to use', () => {
    const dir = join(temporaryDir(), 'data');
    mkdirSync(dir, { mode: 0o755 });
    writeFileSync(join(dir, 'config.json'), '{}');
    chownSync(dir, games, games);
    expect(() => prepareDataDir(dir)).toThrow(refused('store/foreign-owner'));
    expect(() => addATask(dir)).toThrow(refused('store/read-only'));
    expect(() => writeDurably(join(dir, 'tools.json'), '{}')).toThrow(refused('store/foreign-owner'));
    expect(readdirSync(dir)).toEqual(['config.json']);
    expect(statSync(dir)).toMatchObject({
      uid: games,
      mode: expect.toSatisfy((mode) => (mode & 0o777) === 0o755) as unknown,
    });
  });

  it('creates no data directory in a folder of another user, who could exchange it', () => {
    const home = join(temporaryDir(), 'home');
    mkdirSync(home);
    chownSync(home, games, games);
    expect(() => prepareDataDir(join(home, '.ncp', 'scheduler'))).toThrow(refused('store/foreign-owner'));
    expect(readdirSync(home)).toEqual([]);
  });

  it('never hands a file to the owner of the folder, even if the name is a link to it', () => {
    const dir = temporaryDir();
    const shadow = join(dir, 'shadow');
    writeFileSync(shadow, 'root only', { mode: 0o600 });
    const theirs = join(dir, 'theirs');
    mkdirSync(theirs);
    symlinkSync(shadow, join(theirs, 'secrets.json'));
    chownSync(theirs, games, games);
    expect(() => writeDurably(join(theirs, 'secrets.json'), '{}')).toThrow(refused('store/foreign-owner'));
    writeDurably(join(dir, 'own.json'), '{}');
    expect(statSync(shadow)).toMatchObject({ uid: 0, size: 9 });
    expect(statSync(join(dir, 'own.json')).uid).toBe(0);
  });

  it('neither creates nor uses a key for its secrets in a folder of another user', () => {
    const home = join(temporaryDir(), 'home');
    mkdirSync(home);
    chownSync(home, games, games);
    const path = join(home, '.config', 'ncp-scheduler', 'secret.key');
    const none = () => 'no keyring is available.';
    const refuse = () => {
      throw new Error('asked a keychain that is missing');
    };
    const cipher = withKeyFile({ problem: none, note: () => null, encrypt: refuse, decrypt: refuse }, path);
    expect(cipher.problem(null)).toContain("sudo -u '#1234' ncp-scheduler");
    expect(() => cipher.encrypt('value')).toThrow(refused('store/foreign-owner'));
    expect(readdirSync(home)).toEqual([]);
  });

  it('follows a link at schedule.json only to its own file', () => {
    const [dir, theirs] = [temporaryDir(), join(temporaryDir(), 'dotfiles')];
    chmodSync(dir, 0o700);
    mkdirSync(theirs);
    const target = join(theirs, 'schedule.json');
    writeFileSync(target, '{"version":"2.0.0","tasks":{},"timings":{}}');
    symlinkSync(target, join(dir, 'schedule.json'));
    addATask(dir);
    expect(lstatSync(join(dir, 'schedule.json')).isSymbolicLink()).toBe(true);
    const saved = readFileSync(target, 'utf8');
    expect(saved).toContain('"a"');
    chownSync(target, games, games);
    expect(() => addATask(dir)).toThrow(refused('store/read-only'));
    expect(readFileSync(target, 'utf8')).toBe(saved);
    expect(existsSync(join(theirs, 'schedule.json'))).toBe(true);
  });
});
