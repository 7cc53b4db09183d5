import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openSecretFile } from './secret-file.ts';

const opened = () => {
  const path = join(temporaryDir(), 'secrets.json');
  return { path, file: openSecretFile({ path, lock: (action) => action() }) };
};
const secret = { locked: 'abc', updatedAt: '2026-11-25T12:00:00.000Z' };

test('a missing file has no secrets', () => expect(opened().file.read()).toEqual({}));

test('a written secret is read back, and only its owner can read the file', () => {
  const { path, file } = opened();
  file.update((secrets) => (secrets['TOKEN'] = secret));
  expect(file.read()).toEqual({ TOKEN: secret });
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each(['{ broken', '{"version":2,"secrets":{}}', '[]'])('%s is refused and not changed', (content) => {
  const { path, file } = opened();
  writeFileSync(path, content);
  expect(() => file.read()).toThrow(expect.objectContaining({ code: 'store/secrets-unreadable' }));
  expect(() => file.update(() => undefined)).toThrow(expect.objectContaining({ code: 'store/secrets-unreadable' }));
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test('a change that throws writes nothing', () => {
  const { file } = opened();
  const change = () =>
    file.update((secrets) => {
      secrets['TOKEN'] = secret;
      throw new Error('no');
    });
  expect(change).toThrow('no');
  expect(file.read()).toEqual({});
});
