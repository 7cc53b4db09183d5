import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { messageOf } from '../../domain/errors.ts';
import { readFile } from '../files/read-file.ts';
import { systemCode } from './file-errors.ts';

/** Identifies a state of a file without reading it; null if there is no file. */
export type Fingerprint = string | null;

/** The content of a path. `broken` says why it cannot be read. */
export type FileContent =
  | { readonly kind: 'missing' }
  | { readonly kind: 'text'; readonly text: string; readonly fingerprint: Fingerprint }
  | { readonly kind: 'broken'; readonly reason: string; readonly fingerprint: Fingerprint };

/** Five times a schedule of 250,000 tasks. A longer text would exceed what a string can hold. */
export const largestDocumentBytes = 256 * 1024 * 1024;

/** Returns the file's present state. Never throws: a failed check becomes the state. */
export function fingerprintOf(path: string): Fingerprint {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? linkTarget(path) : messageOf(error);
  }
}

/** Reads a text file, without the byte order mark that some editors on Windows add. */
export function readText(path: string): FileContent {
  // Taken before the content: if the file changes in between, this fingerprint is already outdated and the file is read
  // again.
  const fingerprint = fingerprintOf(path);
  try {
    return {
      kind: 'text',
      text: readFile(path, largestDocumentBytes)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
      fingerprint,
    };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') {
      return { kind: 'broken', reason: `it cannot be read (${messageOf(error)})`, fingerprint };
    }
    const target = linkTarget(path);
    if (target === null) return { kind: 'missing' };
    return { kind: 'broken', reason: `it is a link to ${target}, which does not exist`, fingerprint };
  }
}

/** Returns where a file really is: a write goes through a symbolic link and does not replace it. */
export function realPath(path: string): string {
  return fingerprintOf(path) === null ? path : realpathSync(path);
}

function linkTarget(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : null;
}
