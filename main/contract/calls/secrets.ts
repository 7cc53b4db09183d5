import { z } from 'zod';
import { secretNameSchema, secretsAnswerSchema } from '../secrets.ts';
import { nothing } from './inputs.ts';

/** Calls for secrets. None of them returns a value, so the window cannot read back a stored secret. */
export const secretCalls = {
  'secrets.list': { input: nothing, output: secretsAnswerSchema },
  /** Adds a secret or replaces its value. */
  'secrets.set': { input: z.object({ name: secretNameSchema, value: z.string().min(1) }), output: secretsAnswerSchema },
  'secrets.remove': { input: z.object({ name: secretNameSchema }), output: secretsAnswerSchema },
} as const;
