import { z } from 'zod';

/** Name of a sign-in token, which the history shows: letters, digits, spaces and `. _ -`, at most 40 characters. */
export const webTokenNameSchema = z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,38}[\p{L}\p{N}])?$/u);

/** A token with which a person signs in to the window in a browser, or an agent connects. The token itself is shown once and not stored. */
export const webTokenSchema = z.object({
  name: webTokenNameSchema,
  /** It shows everything and changes nothing. */
  readOnly: z.boolean(),
  /** It opens no window: only an agent can use it, at `/mcp`. */
  agent: z.literal(true).optional(),
  /** ISO instant. */
  createdAt: z.string(),
  /** ISO instant of the last sign-in; null if there was none. */
  lastSignInAt: z.string().nullable(),
});
export type WebToken = z.infer<typeof webTokenSchema>;
