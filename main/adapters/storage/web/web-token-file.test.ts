import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openWebTokenFile } from './web-token-file.ts';

const opened = () => {
  const path = join(temporaryDir(), 'web-tokens.json');
  return { path, file: openWebTokenFile({ path, lock: (action) => action() }) };
};
const token = {
  ...{ name: 'phone', readOnly: true, createdAt: '2026-11-25T12:00:00.000Z', lastSignInAt: null },
  hash: 'a'.repeat(64),
};

test('a missing file has no tokens', () => expect(opened().file.read()).toEqual([]));

test('a written token is read back, and only its owner can read the file', () => {
  const { path, file } = opened();
  file.update((tokens) => [...tokens, token]);
  expect(file.read()).toEqual([token]);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each(['{ broken', '{"version":2,"tokens":[]}', '[]', '{"version":1,"tokens":[{"name":"a","hash":"plain"}]}'])(
  '%s is refused and not changed',
  (content) => {
    const { path, file } = opened();
    writeFileSync(path, content);
    const refusal = expect.objectContaining({ code: 'store/web-tokens-unreadable' }) as Error;
    expect(() => file.read()).toThrow(refusal);
    expect(() => file.update((tokens) => tokens)).toThrow(refusal);
    expect(readFileSync(path, 'utf8')).toBe(content);
  },
);
