import { z } from 'zod';
import { instantSchema } from './task.ts';

/** `none`: no sign-in yet, and the server may need none. `waiting`: for the person, in the browser. */
const signInStateSchema = z.enum(['none', 'waiting', 'signed-in', 'expired']);

/** The sign-in to one MCP server over HTTP, without anything secret. */
export const serverSignInSchema = z.object({
  server: z.string(),
  state: signInStateSchema,
  /** The page on which the person signs in; null unless `waiting`. */
  page: z.string().nullable(),
  /** Null if nobody has signed in. */
  signedInAt: instantSchema.nullable(),
  /** Why the last attempt failed, or why the sign-in expired, for people; null if there is nothing to say. */
  problem: z.string().nullable(),
});
export type ServerSignIn = z.infer<typeof serverSignInSchema>;

export const signInsAnswerSchema = z.object({
  /** Sorted by name: the configured servers over HTTP, and others that still have a sign-in. */
  signIns: z.array(serverSignInSchema),
});
export type SignInsAnswer = z.infer<typeof signInsAnswerSchema>;
