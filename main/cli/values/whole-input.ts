import type { Readable } from 'node:stream';
import { SchedulerError } from '../../domain/errors.ts';

/**
 * Reads standard input to its end.
 * @param most bytes that are accepted
 * @param who what refuses a longer input, as the subject of the message
 * @throws SchedulerError `usage/invalid-value` for a longer input
 */
export async function wholeInput(stdin: Readable, most: number, who: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Buffer | string);
    size += bytes.length;
    if (size > most) {
      const message = `Standard input is longer than ${most / 1024 / 1024} MiB, the most that ${who}.`;
      throw new SchedulerError('usage/invalid-value', message, { most });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
