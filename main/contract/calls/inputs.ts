import { z } from 'zod';

export const nothing = z.object({});
export const taskIdInput = z.object({ taskId: z.string() });
export const executionIdInput = z.object({ executionId: z.string() });
/** False saves a tool or parameters even if they look wrong or could not be checked. */
export const validateInput = { validate: z.boolean().default(true) };
