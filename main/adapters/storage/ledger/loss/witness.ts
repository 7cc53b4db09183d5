import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { replaceFile, temporaryOf } from '../../durable-write.ts';
import { bornOf } from './place.ts';

const contentSchema = z.object({
  ledger: z.string(),
  claims: z.number().int().nonnegative(),
  born: z.string(),
});

/** What the file beside the ledger says about it. */
export interface Witness {
  /** The ledger's id. */
  readonly ledger: string;
  /** How often the ledger had written claims. */
  readonly claims: number;
  /** True if the file is a copy: the real one may have said more. */
  readonly isCopy: boolean;
}

/** Returns the path of the witness of the ledger at `path`: `ledger.mark` beside `ledger.db`. */
function witnessPath(path: string): string {
  return `${path.replace(/\.db$/, '')}.mark`;
}

/** Returns the path of the witness in the folder of `schedule.json`. */
export const witnessBeside = (schedulePath: string): string => join(dirname(schedulePath), 'ledger.mark');

/** Returns what the witness says, or null if it is lost or unreadable, which costs only its protection. */
export function readWitness(path: string): Witness | null {
  let file: number;
  try {
    file = openSync(witnessPath(path), 'r');
  } catch {
    return null;
  }
  try {
    const { ledger, claims, born } = contentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const present = bornOf(fstatSync(file, { bigint: true }));
    return { ledger, claims, isCopy: born !== '0' && present !== '0' && born !== present };
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/**
 * Replaces the witness. Does not wait for the disk: after a power cut it may be older than the ledger, which raises no
 * alarm. Each version is a new file that holds its own birth time, so that one that was copied back is noticed.
 *
 * @throws the system's error.
 */
export function writeWitness(path: string, { ledger, claims }: Omit<Witness, 'isCopy'>): void {
  const target = witnessPath(path);
  const temporary = temporaryOf(target);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      const born = String(fstatSync(file, { bigint: true }).birthtimeNs);
      writeSync(file, `${JSON.stringify({ ledger, claims, born })}\n`);
    } finally {
      closeSync(file);
    }
    replaceFile(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
