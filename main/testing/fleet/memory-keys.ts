import { generateKeyPairSync } from 'node:crypto';
import { keysOf } from '../../adapters/storage/fleet/member-keys.ts';
import type { MemberKeys } from '../../ports/fleet/member-keys.ts';

/** Returns the keys of another member each time, from a real key that is in no file. */
export function memoryKeys(): MemberKeys {
  const { privateKey } = generateKeyPairSync('ed25519');
  return keysOf(() => privateKey);
}
