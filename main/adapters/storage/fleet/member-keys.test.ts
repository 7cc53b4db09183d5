import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysContract } from '../../../testing/contract-suites/fleet/keys-suite.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { memberKeys } from './member-keys.ts';

describe('the key of a member', () => {
  keysContract(() => memberKeys(join(temporaryDir(), 'fleet-key.pem')));

  it('is made once, in a file that only its owner can read', () => {
    const dir = temporaryDir();
    const path = join(dir, 'fleet-key.pem');
    const keys = memberKeys(path);
    expect(keys.verify('', '', '')).toBe(false);
    expect(readdirSync(dir)).toEqual([]);
    const publicKey = keys.publicKey();
    expect(readdirSync(dir)).toEqual(['fleet-key.pem']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(memberKeys(path).publicKey()).toBe(publicKey);
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it('is that of the process which was faster', () => {
    const path = join(temporaryDir(), 'fleet-key.pem');
    const [one, other] = [memberKeys(path), memberKeys(path)];
    expect(one.publicKey()).toBe(other.publicKey());
  });

  it.each([
    ['a file that others can read', (path: string) => (memberKeys(path).publicKey(), chmodSync(path, 0o644)), 'chmod'],
    ['a damaged file', (path: string) => writeFileSync(path, 'half a k', { mode: 0o600 }), 'no Ed25519 key'],
    ['a folder', (path: string) => mkdirSync(path), 'not a file'],
    ['a link', (path: string) => symlinkSync('/dev/null', path), 'not a file'],
  ])('in %s is refused, and never replaced', (_, make, problem) => {
    const path = join(temporaryDir(), 'fleet-key.pem');
    make(path);
    expect(() => memberKeys(path).sign('text')).toThrow(
      expect.objectContaining({ code: 'store/fleet-key', message: expect.stringContaining(problem) as string }),
    );
  });

  it('says why it cannot be written', () => {
    const path = join(temporaryDir(), 'missing', 'fleet-key.pem');
    expect(() => memberKeys(path).publicKey()).toThrow(expect.objectContaining({ code: 'store/write-failed' }));
  });
});
