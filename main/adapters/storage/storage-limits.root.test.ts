import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtScript } from '../../testing/built-script.ts';
import { startNode } from '../../testing/node-process.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

const isRoot = process.getuid?.() === 0;
const needsRoot = 'needs root, to mount a small disk and to act as another user';
const nobody = 65_534;
let script: string;
beforeAll(async () => {
  script = await builtScript('main/testing/children/storage-child.ts');
});

async function filled(dir: string): Promise<string> {
  expect(await startNode(script, [dir, 'create', 'a', '3']).ended).toMatchObject({ code: 0 });
  return readFileSync(join(dir, 'schedule.json'), 'utf8');
}

/** Returns what an ordinary user sees in a directory of this test's user. */
function lookAs(uid: number, dir: string): string[] {
  const child = spawnSync(process.execPath, [script, dir, 'look'], { uid, gid: uid, encoding: 'utf8' });
  expect(child.stderr).toBe('');
  return child.stdout.trim().split('\n');
}

describe('a disk that is full', () => {
  const mounted = (): string | null => {
    const dir = temporaryDir();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', dir], { stdio: 'ignore' });
    } catch {
      // Not allowed in this container.
      return null;
    }
    onTestFinished(() => {
      execFileSync('umount', ['-l', dir]);
    });
    return dir;
  };

  it('refuses to save and to claim with a sentence, and nothing changes', async ({ skip }) => {
    if (!isRoot) return skip(needsRoot);
    const dir = mounted();
    if (dir === null) return skip('mounting a small disk is not allowed here');
    const before = await filled(dir);
    const rest = Number(execFileSync('df', ['--output=avail', '-B1', dir], { encoding: 'utf8' }).split('\n')[1]);
    writeFileSync(join(dir, 'ballast'), Buffer.alloc(rest - 60_000));
    const { ended, lines } = startNode(script, [dir, 'look']);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(lines).toEqual(['ready', 'state ok 3', 'save store/disk-full', 'claim store/disk-full']);
    expect(readFileSync(join(dir, 'schedule.json'), 'utf8')).toBe(before);
  });
});

describe('a directory without write permission', () => {
  const cannotStart = () => {
    const child = spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', script], {
      uid: nobody,
      gid: nobody,
    });
    return child.status === 0 ? null : 'another user cannot read this checkout';
  };

  it('is shown read-only, and nothing changes', async ({ skip }) => {
    const reason = isRoot ? cannotStart() : needsRoot;
    if (reason !== null) return skip(reason);
    const dir = join(temporaryDir(), 'data');
    mkdirSync(dir);
    const before = await filled(dir);
    chmodSync(join(dir, '..'), 0o755);
    chmodSync(dir, 0o755);
    for (const name of ['schedule.json', 'ledger.db']) chmodSync(join(dir, name), 0o644);
    const seen = lookAs(nobody, dir);
    expect(seen.slice(0, 4)).toEqual(['ledger store/read-only', 'ready', 'state read-only 3', 'save store/read-only']);
    expect(readFileSync(join(dir, 'schedule.json'), 'utf8')).toBe(before);
  });

  it('of another user is refused as a data directory', ({ skip }) => {
    const reason = isRoot ? cannotStart() : needsRoot;
    if (reason !== null) return skip(reason);
    const dir = join(temporaryDir(), 'data');
    mkdirSync(dir);
    chmodSync(join(dir, '..'), 0o755);
    chownSync(dir, 1234, 1234);
    const child = spawnSync(process.execPath, [script, dir, 'create', 'a', '1'], {
      uid: nobody,
      gid: nobody,
      encoding: 'utf8',
    });
    expect(child.status).toBe(1);
    expect(child.stderr).toContain('belongs to another user');
  });
});
