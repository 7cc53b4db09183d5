import { z } from 'zod';
import { instantSchema } from './task.ts';

/** The NAME in `${secret:NAME}`. */
export const secretNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'a secret’s name has letters, digits and _, and begins with a letter');

/** A secret without its value: no call of the window answers one. */
export const secretSchema = z.object({ name: secretNameSchema, updatedAt: instantSchema });
export type Secret = z.infer<typeof secretSchema>;

export const secretsAnswerSchema = z.object({
  /** Sorted by name. */
  secrets: z.array(secretSchema),
  /** Why secrets can be neither kept nor used here, for people; null if they can. */
  problem: z.string().nullable(),
});
export type SecretsAnswer = z.infer<typeof secretsAnswerSchema>;
