import { beforeEach, describe, expect, it } from 'vitest';
import type { SqliteStatement } from '../sqlite.ts';
import * as stored from './identity.ts';

let meta: Map<string, string>;
/** A table `meta` in memory. */
const prepare = ((sql: string) => ({
  get: (key: string) => (sql.startsWith('SELECT') && meta.has(key) ? { value: meta.get(key) } : undefined),
  run: (key: string, value: string) => sql.startsWith('INSERT OR REPLACE') && meta.set(key, value),
})) as unknown as (sql: string) => SqliteStatement;
beforeEach(() => {
  meta = new Map();
});
const place = { born: '5', inode: null, machine: 'm' };

describe('the identity of a ledger', () => {
  it('is what was written, and null before', () => {
    expect(stored.readIdentity(prepare)).toBeNull();
    const identity = stored.newIdentity(place, []);
    stored.writeIdentity(prepare, identity);
    expect(stored.readIdentity(prepare)).toEqual(identity);
    expect(identity).toMatchObject({ formerly: [], place });
  });

  it('is another one each time, and remembers the former ones once, at most twenty', () => {
    const former = Array.from({ length: 25 }, (_, n) => `id-${n}`);
    const { id, formerly } = stored.newIdentity(place, ['id-0', undefined, ...former]);
    expect(formerly).toEqual(former.slice(0, 20));
    expect(stored.newIdentity(place, []).id).not.toBe(id);
  });

  it('that was damaged is refused', () => {
    meta.set('identity', '{"id":"a"}');
    expect(() => stored.readIdentity(prepare)).toThrow();
  });
});

it('a ledger that never wrote a claim wrote none', () => {
  expect(stored.readClaims(prepare)).toBe(0);
  meta.set('claims', '12');
  expect(stored.readClaims(prepare)).toBe(12);
});

it('a loss is recorded with the moment up to which slots are past', () => {
  const loss = { at: '2026-11-23T18:00:10.000Z', kind: 'empty' } as unknown as Parameters<typeof stored.writeLoss>[1];
  stored.writeLoss(prepare, loss);
  expect(JSON.parse(stored.readMeta(prepare, 'loss') ?? '')).toEqual(loss);
  expect(stored.readMeta(prepare, 'floor')).toBe(String(Date.parse(loss.at)));
});
