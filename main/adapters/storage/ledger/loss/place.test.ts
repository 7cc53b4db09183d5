import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BigIntStats } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../../../testing/temporary-dir.ts';
import { bornOf, completed, inodeOf, isSamePlace, placeOf, type Place } from './place.ts';

const place: Place = { born: '5', inode: '7', machine: 'm' };
const unknown: Place = { born: '0', inode: null, machine: null };

describe('two places', () => {
  it('are the same if nothing that is known of both differs', () => {
    expect(isSamePlace(place, { ...place })).toBe(true);
    expect([isSamePlace(place, unknown), isSamePlace(unknown, place)]).toEqual([true, true]);
  });

  it.each<[keyof Place, string]>([
    ['born', '6'],
    ['inode', '8'],
    ['machine', 'n'],
  ])('differ by another %s', (fact, value) => {
    expect(isSamePlace(place, { ...place, [fact]: value })).toBe(false);
    expect(isSamePlace({ ...unknown, [fact]: value }, place)).toBe(false);
  });

  it('complete each other: what is known stays, what only the other knows is added', () => {
    const other: Place = { born: '6', inode: '8', machine: 'n' };
    expect(completed(place, other)).toEqual(place);
    expect(completed(unknown, other)).toEqual(other);
  });
});

describe('the place of a file', () => {
  it('is null without a file', () => {
    expect(placeOf(join(temporaryDir(), 'none'), 'm')).toBeNull();
  });

  it('is its birth, its inode where that stays, and the machine', () => {
    const path = join(temporaryDir(), 'file');
    writeFileSync(path, 'a');
    utimesSync(path, 1, 1);
    const stats = statSync(path, { bigint: true });
    expect(placeOf(path, 'm')).toEqual({ born: bornOf(stats), inode: inodeOf(stats), machine: 'm' });
  });

  it('has an unknown birth where the system returns the last change in its place', () => {
    const stats = (birthtimeNs: bigint, ctimeNs: bigint) => ({ birthtimeNs, ctimeNs }) as BigIntStats;
    expect(bornOf(stats(5n, 5n))).toBe('0');
    expect(bornOf(stats(5n, 6n))).toBe('5');
  });

  it('has an inode everywhere but on Linux', () => {
    expect(['linux', 'darwin', 'win32'].map((system) => inodeOf({ ino: 7n }, system as NodeJS.Platform))).toEqual([
      null,
      '7',
      '7',
    ]);
  });
});
