import { z } from 'zod';

export const nothing = z.object({});
export const taskIdInput = z.object({ taskId: z.string() });
export const executionIdInput = z.object({ executionId: z.string() });
/** One file of a run's result, by the name that the result has for it. */
export const resultFileInput = executionIdInput.extend({ name: z.string().regex(/^\d{1,6}\.[a-z0-9]{1,5}$/) });
/** False saves a tool or parameters even if they look wrong or could not be checked. */
export const validateInput = { validate: z.boolean().default(true) };
