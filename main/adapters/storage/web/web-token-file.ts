import { z } from 'zod';
import { readFile } from '../../files/read-file.ts';
import { webTokenSchema } from '../../../contract/web-tokens.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { StoredWebToken, WebTokenFile } from '../../../ports/web-tokens.ts';
import { writeDurably } from '../durable-write.ts';
import { systemCode, writeError } from '../file-errors.ts';

const fileSchema = z.object({
  version: z.literal(1),
  tokens: z.array(webTokenSchema.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/) })),
});

export interface WebTokenFileOptions {
  readonly path: string;
  /** Runs an action that no other process of this app runs at the same time. */
  readonly lock: <T>(action: () => T) => T;
}

/** Opens `web-tokens.json`, which holds hashes of tokens only and is readable only for its owner. */
export function openWebTokenFile({ path, lock }: WebTokenFileOptions): WebTokenFile {
  return {
    read: () => read(path),
    update: (change) =>
      lock(() => {
        const tokens = change(read(path));
        try {
          writeDurably(path, `${JSON.stringify({ version: 1, tokens }, null, 2)}\n`);
        } catch (error) {
          throw writeError(error, path);
        }
      }),
  };
}

function read(path: string): StoredWebToken[] {
  try {
    return fileSchema.parse(JSON.parse(readFile(path).toString('utf8'))).tokens;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    const why = error instanceof z.ZodError ? 'this version cannot read its format' : messageOf(error);
    throw new SchedulerError(
      'store/web-tokens-unreadable',
      `The sign-in tokens cannot be read: ${path}: ${why}. The file was not changed. Repair it or move it away.`,
      { path },
      error,
    );
  }
}
