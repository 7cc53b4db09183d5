import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { linkSync, lstatSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { readText } from '../../files/read-file.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import { syncDirectory, temporaryOf } from '../durable-write.ts';
import { systemCode, writeError } from '../file-errors.ts';
import { createPrivateFile } from '../private-file.ts';

const spki = { format: 'der', type: 'spki' } as const;
const pkcs8 = { format: 'pem', type: 'pkcs8' } as const;

/** Returns the keys of the member whose private key is in a file (PKCS 8, PEM). The first call that needs it makes it. */
export function memberKeys(path: string): MemberKeys {
  let known: KeyObject | null = null;
  return keysOf(() => (known ??= readKey(path) ?? createKey(path)));
}

/** Returns the keys of the member with this Ed25519 key. */
export function keysOf(privateKey: () => KeyObject): MemberKeys {
  return {
    publicKey: () => createPublicKey(privateKey()).export(spki).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey()).toString('base64'),
    verify: (publicKey, text, signature) => {
      const key = publicKeyOf(publicKey);
      return key !== null && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
    },
    fingerprint: (publicKey) =>
      `SHA256:${createHash('sha256').update(publicKey, 'base64').digest('base64').replace(/=+$/, '')}`,
  };
}

/** Returns the Ed25519 key in a text, or null: with a key of another kind, `verify` would check another algorithm. */
function publicKeyOf(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), ...spki });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    // Anyone who can write to the database writes what is read here: a text that is no key is an answer, not a failure.
    return null;
  }
}

/** Returns null if there is no file. @throws SchedulerError `store/fleet-key`. */
function readKey(path: string): KeyObject | null {
  try {
    const found = lstatSync(path);
    if (!found.isFile()) throw unusable(path, 'it is a folder, link or device, not a file');
    const isShared = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
    if (isShared) throw unusable(path, `other users can read it. Run: chmod 600 ${path}`);
    const key = keyIn(readText(path));
    if (key?.asymmetricKeyType !== 'ed25519')
      throw unusable(path, 'it holds no Ed25519 key. Restore it, or join again');
    return key;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    throw code === null ? error : unusable(path, code);
  }
}

function keyIn(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // The error of OpenSSL says nothing that a person can use.
    return null;
  }
}

/** Puts the complete key in its place in one step. If another process was faster, its key is the key. */
function createKey(path: string): KeyObject {
  const made = generateKeyPairSync('ed25519').privateKey;
  const temporary = temporaryOf(path);
  try {
    createPrivateFile(temporary, made.export(pkcs8));
    linkSync(temporary, path);
    syncDirectory(dirname(path));
    return made;
  } catch (error) {
    const theirs = systemCode(error) === 'EEXIST' ? readKey(path) : null;
    if (theirs !== null) return theirs;
    throw writeError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const unusable = (path: string, problem: string): SchedulerError =>
  new SchedulerError('store/fleet-key', `The key of this member of the fleet, ${path}, cannot be used: ${problem}.`, {
    path,
  });
