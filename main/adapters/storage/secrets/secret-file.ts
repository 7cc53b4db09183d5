import { z } from 'zod';
import { readFile } from '../../files/read-file.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { LockedSecret, SecretFile } from '../../../ports/secrets.ts';
import { writeDurably } from '../durable-write.ts';
import { systemCode, writeError } from '../file-errors.ts';

const fileSchema = z.object({
  version: z.literal(1),
  secrets: z.record(z.string(), z.object({ locked: z.string(), updatedAt: z.string() })),
});

export interface SecretFileOptions {
  readonly path: string;
  /** Runs an action that no other process of this app runs at the same time. */
  readonly lock: <T>(action: () => T) => T;
}

/** Opens `secrets.json` or `sign-ins.json`, which hold encrypted values only and are readable only for their owner. */
export function openSecretFile({ path, lock }: SecretFileOptions): SecretFile {
  return {
    read: () => read(path),
    update: (change) =>
      lock(() => {
        const secrets = read(path);
        const before = JSON.stringify(secrets);
        change(secrets);
        if (JSON.stringify(secrets) === before) return;
        try {
          writeDurably(path, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`);
        } catch (error) {
          throw writeError(error, path);
        }
      }),
  };
}

function read(path: string): Record<string, LockedSecret> {
  try {
    return fileSchema.parse(JSON.parse(readFile(path).toString('utf8'))).secrets;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {};
    const why = error instanceof z.ZodError ? 'this version cannot read its format' : messageOf(error);
    throw new SchedulerError(
      'store/secrets-unreadable',
      `The secrets cannot be read: ${path}: ${why}. The file was not changed. Repair it or move it away.`,
      { path },
      error,
    );
  }
}
