import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { linkSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { readText } from '../../files/read-file.ts';
import type { SecretCipher } from '../../../ports/secrets.ts';
import { foreignOwner, foreignOwnerMessage, refuseForeignOwner } from '../../files/file-owner.ts';
import { syncDirectory, temporaryOf } from '../durable-write.ts';
import { systemCode, writeError } from '../file-errors.ts';
import { createPrivateFile } from '../private-file.ts';

/** AES-256-GCM with a random nonce (NIST SP 800-38D): 256 bits of key, 96 of nonce, 128 of tag. */
const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Begins each text that this cipher encrypted. Base64, as the keychain's cipher writes it, has no colon. */
const prefix = 'key-file:1:';

/**
 * Adds a key in a file to a cipher of the system, for machines without a keychain, such as servers. What the keychain can
 * encrypt it encrypts. The key is outside the data directory, so that a copy or backup of that directory reveals nothing.
 * Like the key of n8n, Jenkins or systemd-creds, it is no protection from programs that run as the same user.
 */
export function withKeyFile(keychain: SecretCipher, keyPath: string): SecretCipher {
  const missing = (): string | null => keychain.problem(null);
  return {
    problem: (locked) => {
      if (locked !== null) return locked.startsWith(prefix) ? keyProblem(keyPath) : keychain.problem(locked);
      const state = missing() === null ? null : (foreignProblem(keyPath) ?? keyProblem(keyPath));
      // A key that does not exist yet is created for the first secret.
      return state === null || state.startsWith(absent) ? null : state;
    },
    note: () => {
      const reason = missing();
      if (reason === null) return keychain.note();
      return `Secrets are encrypted with the key in ${keyPath}, because ${reason} Anyone who can read your files can decrypt them.`;
    },
    encrypt: (value) => (missing() === null ? keychain.encrypt(value) : encrypted(value, keyOf(keyPath))),
    decrypt: (locked) =>
      locked.startsWith(prefix) ? decrypted(locked.slice(prefix.length), readKey(keyPath)) : keychain.decrypt(locked),
  };
}

const absent = 'the key file is missing:';

/** Returns why the key cannot be used, as a sentence; null if it can. */
function keyProblem(path: string): string | null {
  try {
    readKey(path);
    return null;
  } catch (error) {
    if (error instanceof UnusableKey) return error.message;
    throw error;
  }
}

class UnusableKey extends Error {}

/** @throws UnusableKey with the reason. */
function readKey(path: string): Buffer {
  let text: string;
  try {
    const found = lstatSync(path);
    if (!found.isFile()) throw new UnusableKey(`the key file is a folder, link or device, not a file: ${path}.`);
    const isShared = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
    if (isShared) throw new UnusableKey(`other users can read the key file. Run: chmod 600 ${path}.`);
    text = readText(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    const why = code === 'ENOENT' ? `${absent} ${path}. Restore it, or set the secrets again.` : `${path}: ${code}.`;
    throw new UnusableKey(why);
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new UnusableKey(`the key file is damaged: ${path} does not hold ${keyBytes} bytes in Base64. Restore it.`);
}

/** Root does not use the key of another user for its secrets: that user could read or replace it. */
function foreignProblem(path: string): string | null {
  const owner = foreignOwner(path);
  return owner === null ? null : foreignOwnerMessage(path, owner);
}

/**
 * Returns the key for a new secret, and creates it if there is none.
 * @throws SchedulerError `store/foreign-owner` if root would use a key in another user's folder.
 */
function keyOf(path: string): Buffer {
  refuseForeignOwner(path);
  if (keyProblem(path)?.startsWith(absent) === true) createKey(path);
  return readKey(path);
}

/** Puts the complete key in its place in one step. If another process was faster, its key stays. */
function createKey(path: string): void {
  const temporary = temporaryOf(path);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    createPrivateFile(temporary, `${randomBytes(keyBytes).toString('base64')}\n`);
    linkSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw writeError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function encrypted(value: string, key: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return prefix + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

/** @throws Error if the key is another one or the text was changed. */
function decrypted(locked: string, key: Buffer): string {
  const bytes = Buffer.from(locked, 'base64');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}
