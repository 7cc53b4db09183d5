import { expect, test } from 'vitest';
import { FakeCrontab } from '../testing/fake-crontab.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Crontab } from './crontab.ts';
import { commentedOut, restored } from './moved-lines.ts';
import { createPersonCrontab } from './person-crontab.ts';
import { readCrontab } from './read-crontab.ts';

/** One character per byte, with a line that is not valid UTF-8 and one that ends with a carriage return. */
const theirs = '# photos\n0 9 * * * backup \xff\n\nA=b\n*/5 * * * * ping\r\n0 1 * * * last';
const seen = Buffer.from(theirs, 'latin1').toString('utf8');
const context = { nowMs: Date.UTC(2026, 10, 28), timezone: 'UTC', homeDir: '/home/kim', username: 'kim' };

test('lines are commented out with a mark, and restored byte for byte', () => {
  const moved = commentedOut(theirs, [2, 5], seen, 'b1');
  expect(moved).toBe(
    '# photos\n# moved to NCP Scheduler b1: 0 9 * * * backup \xff\n\nA=b\n# moved to NCP Scheduler b1: */5 * * * * ping\r\n0 1 * * * last',
  );
  expect(restored(moved, 'b1')).toEqual({ text: theirs, count: 2 });
});

test('only the lines of one mark are restored', () => {
  const first = commentedOut(theirs, [2], seen, 'b1');
  const both = commentedOut(first, [6], Buffer.from(first, 'latin1').toString('utf8'), 'b2');
  expect(restored(both, 'b2')).toEqual({ text: first, count: 1 });
  expect(restored(both, 'b3').count).toBe(0);
});

test('a crontab that changed since it was reviewed is not touched', () => {
  const changed = theirs.replace('ping', 'ping -c 1');
  expect(() => commentedOut(changed, [2], seen, 'b1')).toThrow(expect.objectContaining({ code: 'os/crontab-changed' }));
  expect(() => commentedOut(`${theirs}\n0 2 * * * new`, [2], seen, 'b1')).toThrow('changed since it was read');
});

test('entries that this app wrote meanwhile do not count as a change, and move no line', () => {
  const block = '# >>> NCP SCHEDULER >>> written by the app\n0 9 * * * ours\n# <<< NCP SCHEDULER <<<\n';
  expect(commentedOut(block + theirs, [2], seen, 'b1')).toBe(block + commentedOut(theirs, [2], seen, 'b1'));
});

test('a moved line is neither imported again nor the name of the next entry', () => {
  const { tasks, refused } = readCrontab(commentedOut(theirs, [2], seen, 'b1'), context);
  expect(tasks.map(({ name }) => name)).toEqual(['ping', 'last']);
  expect(refused).toEqual([]);
});

test('a copy of the crontab is kept, and nothing is written if it changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ncp-moved-'));
  try {
    const fake = new FakeCrontab('0 9 * * * backup\n');
    const options = { run: fake.run, backupDir: join(folder, 'copies'), lockPath: join(folder, 'lock'), now: () => 0 };
    const person = createPersonCrontab(new Crontab(options));
    await person.commentOut([1], '0 9 * * * backup\n', 'b1');
    expect(fake.text).toBe('# moved to NCP Scheduler b1: 0 9 * * * backup\n');
    const [copy = ''] = readdirSync(join(folder, 'copies'));
    expect(readFileSync(join(folder, 'copies', copy), 'utf8')).toBe('0 9 * * * backup\n');
    await expect(person.commentOut([1], '0 9 * * * backup\n', 'b2')).rejects.toMatchObject({
      code: 'os/crontab-changed',
    });
    expect(await person.restore('b1')).toBe(1);
    expect(fake.text).toBe('0 9 * * * backup\n');
    await expect(person.restore('b1')).rejects.toMatchObject({ code: 'os/crontab-not-marked' });
    expect(fake.written).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
