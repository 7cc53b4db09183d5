import { z } from 'zod';
import { instantSchema } from './task.ts';

/** The NAME in `${secret:NAME}`. */
export const secretNameSchema = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,99}$/,
    'the name of a secret may contain letters, digits and _, and must begin with a letter or _',
  );

/** A secret without its value, which no call of the window returns. */
export const secretSchema = z.object({ name: secretNameSchema, updatedAt: instantSchema });
export type Secret = z.infer<typeof secretSchema>;

export const secretsAnswerSchema = z.object({
  /** Sorted by name. */
  secrets: z.array(secretSchema),
  /** Why secrets cannot be stored and used here, for people; null if they can. */
  problem: z.string().nullable(),
  /** What a person should know about the key that encrypts them; null if it is in the system's keychain. */
  note: z.string().nullable(),
});
export type SecretsAnswer = z.infer<typeof secretsAnswerSchema>;
