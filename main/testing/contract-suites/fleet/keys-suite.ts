import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';

const text = '{"id":"t1","name":"naïve 🦊"}';

/** Checks what every `MemberKeys` must do. @param create returns the keys of another member each time */
export function keysContract(create: () => MemberKeys): void {
  it('signs what every member can verify', () => {
    const [one, other] = [create(), create()];
    const signature = one.sign(text);
    expect(one.publicKey()).toBe(one.publicKey());
    expect(other.verify(one.publicKey(), text, signature)).toBe(true);
    expect(other.verify(other.publicKey(), text, signature)).toBe(false);
    expect(other.verify(one.publicKey(), `${text} `, signature)).toBe(false);
  });

  it('refuses a signature with a changed bit, and what is none', () => {
    const keys = create();
    const signature = Buffer.from(keys.sign(text), 'base64');
    for (const [byte, value] of signature.entries()) {
      const changed = Buffer.from(signature);
      changed[byte] = value ^ (1 << (byte % 8));
      expect(keys.verify(keys.publicKey(), text, changed.toString('base64')), `byte ${byte}`).toBe(false);
    }
    for (const none of ['', 'no base64!', 'AAAA']) expect(keys.verify(keys.publicKey(), text, none)).toBe(false);
  });

  it('refuses keys of another kind, and what is no key', () => {
    const keys = create();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'der', type: 'spki' });
    for (const key of ['', 'key of a', 'AAAA', rsa.toString('base64')]) {
      expect(keys.verify(key, text, keys.sign(text)), key).toBe(false);
    }
  });

  it('has a fingerprint for each key, as people compare them', () => {
    const [one, other] = [create(), create()];
    const fingerprint = one.fingerprint(one.publicKey());
    expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(other.fingerprint(one.publicKey())).toBe(fingerprint);
    expect(one.fingerprint(other.publicKey())).not.toBe(fingerprint);
  });
}
