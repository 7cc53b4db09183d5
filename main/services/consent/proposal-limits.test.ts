import { describe, expect, it } from 'vitest';
import type { ProposedChange } from '../../contract/proposal.ts';
import { assertSize, bytesOf, proposalLimits, tooMany } from './proposal-limits.ts';

type Create = Extract<ProposedChange, { action: 'create' }>;
const draft = { name: 'Backup', schedule: '@daily', tool: 'shell:run', parameters: {} };
const create = (change: Partial<Create['draft']>): Create =>
  ({ action: 'create', draft: { ...draft, ...change } }) as Create;
/** Returns parameters of this many bytes as JSON. */
const parametersOf = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

describe('the size of what an agent asks for', () => {
  it.each([
    ['name', 200],
    ['tool', 300],
    ['schedule', 500],
    ['timezone', 100],
    ['description', 4000],
  ])('may have a %s of %d characters, and no more', (field, limit) => {
    expect(() => assertSize(create({ [field]: 'x'.repeat(limit) }))).not.toThrow();
    const details = { field, size: limit + 1, limit, unit: 'characters' };
    expect(() => assertSize(create({ [field]: 'x'.repeat(limit + 1) }))).toThrow(
      expect.objectContaining({ code: 'agent/too-large', details }),
    );
  });

  it('may have parameters of 64 KiB, and no more', () => {
    const limit = proposalLimits.parameterBytes;
    expect(limit).toBe(65_536);
    expect(() => assertSize(create({ parameters: parametersOf(limit) }))).not.toThrow();
    expect(() => assertSize(create({ parameters: parametersOf(limit + 1) }))).toThrow(
      `Too large: parameters has ${limit + 1} bytes, and the limit is ${limit}.`,
    );
  });

  it('may be 128 KiB as a whole, and no more', () => {
    const limit = proposalLimits.changeBytes;
    expect(limit).toBe(131_072);
    const around = bytesOf(create({ env: { A: '' } }));
    const whole = (bytes: number) => create({ env: { A: 'x'.repeat(bytes - around) } });
    expect(() => assertSize(whole(limit))).not.toThrow();
    expect(() => assertSize(whole(limit + 1))).toThrow(
      `Too large: the whole request has ${limit + 1} bytes, and the limit is ${limit}.`,
    );
  });

  it('is that of the draft of a test, the fields of an update, and the note of a pause', () => {
    const long = 'x'.repeat(201);
    const test = { ...create({ name: long }), action: 'test' } as unknown as ProposedChange;
    expect(() => assertSize(test)).toThrow('name has 201 characters');
    const update: ProposedChange = { action: 'update', taskId: 'a', change: { name: long }, validate: true };
    expect(() => assertSize(update)).toThrow('name has 201 characters');
    expect(() => assertSize({ action: 'pause', taskId: 'a', note: 'x'.repeat(2001) })).toThrow('note has 2001');
    expect(() => assertSize({ action: 'pause', taskId: 'a', note: 'x'.repeat(2000) })).not.toThrow();
  });

  it('has no limit for the slots of a backfill, which come from us', () => {
    const slots = Array.from({ length: 9000 }, (_, n) => ({
      slot: new Date(n * 60_000).toISOString(),
      replaces: null,
    }));
    expect(bytesOf(slots)).toBeGreaterThan(proposalLimits.changeBytes);
    expect(() => assertSize({ action: 'backfill', taskId: 'a', slots } as unknown as ProposedChange)).not.toThrow();
  });

  it('is counted in UTF-8', () => {
    expect([bytesOf('a'), bytesOf('ä'), bytesOf('🙂')]).toEqual([3, 4, 6]);
  });
});

it('too many proposals are refused with the reason, the client and the limit', () => {
  const refusal = tooMany('"raw" has 50 proposals waiting.', { name: 'raw', version: '1' }, 50);
  expect(refusal.message).toBe('"raw" has 50 proposals waiting. Ask the user to decide on them first.');
  expect(refusal.details).toEqual({ client: 'raw', limit: 50 });
});
