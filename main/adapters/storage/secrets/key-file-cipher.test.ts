import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { SecretCipher } from '../../../ports/secrets.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { withKeyFile } from './key-file-cipher.ts';

const none = 'no keyring is available.';
const refuse = () => {
  throw new Error('asked a keychain that is missing');
};
const noKeychain: SecretCipher = { problem: () => none, note: () => null, encrypt: refuse, decrypt: refuse };
const keychain: SecretCipher = {
  problem: () => null,
  note: () => null,
  encrypt: (value) => Buffer.from(value).toString('base64'),
  decrypt: (locked) => Buffer.from(locked, 'base64').toString(),
};
const onPosix = process.platform !== 'win32';

function opened(system: SecretCipher = noKeychain) {
  const path = join(temporaryDir(), 'config/secret.key');
  return { path, cipher: withKeyFile(system, path) };
}

test('without a keychain, the first secret creates a key that only its owner can read', () => {
  const { path, cipher } = opened();
  expect(cipher.problem(null)).toBeNull();
  expect(existsSync(path)).toBe(false);
  const locked = cipher.encrypt('hunter2 ☃');
  expect(locked).not.toContain('hunter2');
  expect(cipher.decrypt(locked)).toBe('hunter2 ☃');
  expect(cipher.encrypt('hunter2 ☃')).not.toBe(locked);
  if (onPosix) expect(statSync(path).mode & 0o777).toBe(0o600);
  if (onPosix) expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(readdirSync(dirname(path))).toEqual(['secret.key']);
});

test('says where the key is and what that protects from', () => {
  const { path, cipher } = opened();
  expect(cipher.note()).toBe(
    `Secrets are encrypted with the key in ${path}, because ${none} Anyone who can read your files can decrypt them.`,
  );
});

test('a key that exists is used, by every process', () => {
  const { path, cipher } = opened();
  const locked = cipher.encrypt('one');
  expect(withKeyFile(noKeychain, path).decrypt(locked)).toBe('one');
  const key = readFileSync(path, 'utf8');
  withKeyFile(noKeychain, path).encrypt('two');
  expect(readFileSync(path, 'utf8')).toBe(key);
});

test('with a keychain no key is created, and what a key encrypted can still be read', () => {
  const { path, cipher } = opened(keychain);
  expect(cipher.decrypt(cipher.encrypt('one'))).toBe('one');
  expect(existsSync(path)).toBe(false);
  expect(cipher.note()).toBeNull();
  const locked = withKeyFile(noKeychain, path).encrypt('two');
  expect(cipher.problem(locked)).toBeNull();
  expect(cipher.decrypt(locked)).toBe('two');
});

test('what a keychain encrypted is not usable without it, with the reason', () => {
  const { cipher } = opened();
  expect(cipher.problem(keychain.encrypt('one'))).toBe(none);
});

test('a lost key is never replaced for a secret that needs it', () => {
  const { path, cipher } = opened();
  const locked = cipher.encrypt('one');
  rmSync(path);
  expect(cipher.problem(locked)).toBe(`the key file is missing: ${path}. Restore it, or set the secrets again.`);
  expect(() => cipher.decrypt(locked)).toThrow('the key file is missing');
  expect(existsSync(path)).toBe(false);
  cipher.encrypt('two');
  expect(() => cipher.decrypt(locked)).toThrow();
});

test('a changed text is refused', () => {
  const { cipher } = opened();
  const locked = cipher.encrypt('one');
  const last = locked.at(-5) === 'A' ? 'B' : 'A';
  expect(() => cipher.decrypt(`${locked.slice(0, -5)}${last}${locked.slice(-4)}`)).toThrow();
});

test.each([
  ['damaged', 'abc', 'the key file is damaged'],
  ['empty', '', 'the key file is damaged'],
])('a key file that is %s is refused and not changed', (_, content, reason) => {
  const { path, cipher } = opened();
  mkdirSync(dirname(path));
  writeFileSync(path, content, { mode: 0o600 });
  expect(cipher.problem(null)).toContain(reason);
  expect(() => cipher.encrypt('one')).toThrow(reason);
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test.runIf(onPosix)('a key file that others can read, or that is a link, is refused', () => {
  const { path, cipher } = opened();
  cipher.encrypt('one');
  chmodSync(path, 0o640);
  expect(cipher.problem(null)).toBe(`other users can read the key file. Run: chmod 600 ${path}.`);
  rmSync(path);
  symlinkSync('/dev/zero', path);
  expect(cipher.problem(null)).toContain('not a file');
});
