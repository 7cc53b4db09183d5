import { expect, test } from 'vitest';
import type { LockedSecret, SecretCipher } from '../../ports/secrets.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { SecretVault } from './secret-vault.ts';

const reverse = (text: string): string => [...text].reverse().join('');

function vault(cipher: Partial<SecretCipher> = {}) {
  const kept: Record<string, LockedSecret> = {};
  const file = { read: () => kept, update: (change: (secrets: typeof kept) => void) => change(kept) };
  const usable = { problem: () => null, note: () => null, encrypt: reverse, decrypt: reverse };
  const clock = fakeClock('2026-11-25T12:00:00.000Z');
  return { kept, secrets: new SecretVault({ cipher: { ...usable, ...cipher }, file, clock }) };
}

test('keeps a value encrypted, and gives it to a run', () => {
  const { secrets, kept } = vault();
  secrets.set('TOKEN', 'hunter2');
  expect(JSON.stringify(kept)).not.toContain('hunter2');
  expect(secrets.read('TOKEN')).toBe('hunter2');
});

test('lists names, never values', () => {
  const { secrets } = vault();
  secrets.set('B', 'two');
  secrets.set('A', 'one');
  expect(secrets.list()).toEqual({
    secrets: [
      { name: 'A', updatedAt: '2026-11-25T12:00:00.000Z' },
      { name: 'B', updatedAt: '2026-11-25T12:00:00.000Z' },
    ],
    problem: null,
    note: null,
  });
});

test('an unknown secret is named', () => {
  const { secrets } = vault();
  for (const name of ['GONE', 'constructor']) {
    expect(() => secrets.read(name)).toThrow(expect.objectContaining({ code: 'secret/not-found' }));
    expect(() => secrets.remove(name)).toThrow(expect.objectContaining({ code: 'secret/not-found' }));
  }
});

test('without a key of the system nothing is stored, and the reason is reported', () => {
  const { secrets, kept } = vault({ problem: () => 'no keyring answers.' });
  expect(() => secrets.set('TOKEN', 'x')).toThrow(/no keyring answers/);
  expect(kept).toEqual({});
  expect(secrets.list().problem).toBe('no keyring answers.');
});

test('a value encrypted with another key says what to do', () => {
  const { secrets } = vault({
    decrypt: () => {
      throw new Error('bad decrypt');
    },
  });
  secrets.set('TOKEN', 'x');
  expect(() => secrets.read('TOKEN')).toThrow(expect.objectContaining({ code: 'secret/locked' }));
});

test('a removed secret can no longer be read', () => {
  const { secrets } = vault();
  secrets.set('TOKEN', 'x');
  secrets.remove('TOKEN');
  expect(secrets.list().secrets).toEqual([]);
});
