import { z } from 'zod';

/** A piece of a log. */
export const logChunkSchema = z.object({
  text: z.string(),
  /** Byte offset after `text`; read on from here. */
  nextOffset: z.number().int().nonnegative(),
  /** Current size of the file in bytes. */
  size: z.number().int().nonnegative(),
  /** True once the execution ended and everything up to `size` was read. */
  complete: z.boolean(),
  /** The unfinished line after it while the run writes one, such as a progress bar, in the format of the log; empty for none. */
  live: z.string(),
});
export type LogChunk = z.infer<typeof logChunkSchema>;

/** The last lines of a log. `offset` is the byte at which `text` begins, the start of a line. */
export const logEndSchema = logChunkSchema.extend({ offset: z.number().int().nonnegative() });
export type LogEnd = z.infer<typeof logEndSchema>;
