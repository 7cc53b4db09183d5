import { z } from 'zod';
import { toWorkerSchema } from '../contract/worker.ts';

/**
 * Describes what is wrong with a message from the parent. A file of its own: loaded only for a problem, and
 * `import('zod')` itself would put all of zod into the npm package (0.09 MB).
 */
export function messageProblem(value: unknown): string {
  const checked = toWorkerSchema.safeParse(value);
  return checked.success ? 'its type is unknown to this worker' : z.prettifyError(checked.error);
}
