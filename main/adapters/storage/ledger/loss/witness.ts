import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeSync, type BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { openFile } from '../../../files/read-file.ts';
import { replaceFile, temporaryOf } from '../../durable-write.ts';
import { bornOf, inodeOf } from './place.ts';

const contentSchema = z.object({
  ledger: z.string(),
  claims: z.number().int().nonnegative(),
  born: z.string(),
  /** Missing in files of version 0.3. */
  inode: z.string().nullable().default(null),
});
type Content = z.infer<typeof contentSchema>;

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
export function readWitness(path: string, platform = process.platform): Witness | null {
  let file: number;
  try {
    file = openFile(witnessPath(path));
  } catch {
    return null;
  }
  try {
    const content = contentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const isCopy = isCopied(content, fstatSync(file, { bigint: true }), platform);
    return { ledger: content.ledger, claims: content.claims, isCopy };
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/**
 * Windows gives a file that takes the name of another the birth time of that one ("tunneling", see `Place`), and each
 * version of the witness takes the name of the one before. So only the inode tells a copy there.
 */
function isCopied({ born, inode }: Content, stats: BigIntStats, platform: NodeJS.Platform): boolean {
  const [presentBorn, presentInode] = [bornOf(stats), inodeOf(stats, platform)];
  if (inode !== null && presentInode !== null && inode !== presentInode) return true;
  return platform !== 'win32' && born !== '0' && presentBorn !== '0' && born !== presentBorn;
}

/**
 * Replaces the witness. Does not wait for the disk: after a power cut it may be older than the ledger, which raises no
 * alarm. Each version is a new file that holds its own birth time and inode, so that one that was copied back is noticed.
 *
 * @throws the system's error.
 */
export function writeWitness(
  path: string,
  { ledger, claims }: Omit<Witness, 'isCopy'>,
  platform = process.platform,
): void {
  const target = witnessPath(path);
  const temporary = temporaryOf(target);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      const stats = fstatSync(file, { bigint: true });
      const content: Content = { ledger, claims, born: String(stats.birthtimeNs), inode: inodeOf(stats, platform) };
      writeSync(file, `${JSON.stringify(content)}\n`);
    } finally {
      closeSync(file);
    }
    replaceFile(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
