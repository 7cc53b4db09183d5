import { z } from 'zod';

/**
 * Which worker process runs a shell line or an HTTP request. `own`: a new one for each run. `shared`: one that serves
 * other runs too, at a fraction of the CPU and memory. Its crash interrupts all of its runs.
 */
export const workerPolicySchema = z.enum(['own', 'shared']);
export type WorkerPolicy = z.infer<typeof workerPolicySchema>;
