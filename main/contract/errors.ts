import { z } from 'zod';

/** An error as sent between processes. Its class and fields do not survive `ipcMain.handle` (electron#24427). */
export const wireErrorSchema = z.object({
  /** `group/word`. The group decides the CLI's exit code, see exit-codes.ts. */
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});
export type WireError = z.infer<typeof wireErrorSchema>;

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: WireError };
