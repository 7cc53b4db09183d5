import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { readText } from '../../files/read-file.ts';
import { messageOf } from '../../../domain/errors.ts';
import { isSecretVariable } from '../../../domain/secrets/rules.ts';

const captureSchema = z.object({
  /** Version 1 held the values of secrets, also those of the program that first started a task. */
  version: z.literal(2),
  shell: z.string(),
  capturedAt: z.string(),
  /** The variables whose values may be stored. */
  env: z.record(z.string(), z.string()),
  /** The names of the others. */
  secret: z.array(z.string()),
  /** What the environment was made from: see `StartUpFiles`. Version 0.2.0 did not write it. */
  files: z.record(z.string(), z.string().nullable()).optional(),
  /** A later attempt to capture the environment that failed, at this ISO instant and for this reason. */
  failed: z.object({ at: z.string(), problem: z.string() }).optional(),
});
export type StoredCapture = Omit<z.infer<typeof captureSchema>, 'version'>;

/** Splits an environment into what may be stored and the names of what looks like a secret. */
export function storable(env: Readonly<Record<string, string>>): Pick<StoredCapture, 'env' | 'secret'> {
  const entries = Object.entries(env);
  const isSecret = ([name, value]: readonly [string, string]) => isSecretVariable(name, value);
  return {
    env: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secret: entries.filter(isSecret).map(([name]) => name),
  };
}

/** Returns the stored capture, or null for a file that is missing or damaged. Such a file is deleted. */
export async function readCapture(path: string): Promise<StoredCapture | null> {
  let text: string;
  try {
    text = readText(path);
  } catch {
    // A file that is missing or unreadable is created again.
    return null;
  }
  const parsed = captureSchema.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  await removeCapture(path);
  return null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Deletes the file and what a killed process left beside it: both may hold secrets in the form of version 1. */
async function removeCapture(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder);
  const old = names.filter((name) => name === basename(path) || isLeftover(name, basename(path)));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

const isLeftover = (name: string, file: string): boolean => name.startsWith(`${file}.`) && name.endsWith('.tmp');

/** Writes the file (0600) in one step. Returns the problem, for people; null if there was none. */
export async function writeCapture(path: string, capture: StoredCapture): Promise<string | null> {
  const fresh = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(fresh, JSON.stringify({ version: 2, ...capture }, null, 2), { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
    return null;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    return `The captured environment could not be saved in ${path}: ${messageOf(error)}.`;
  }
}
