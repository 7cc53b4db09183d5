import { z } from 'zod';

/** One thing that an uninstall removes, or would remove. */
const uninstallStepSchema = z.object({
  what: z.enum(['service', 'os-entry', 'autostart', 'shell-command', 'agent', 'fleet', 'cache', 'data']),
  /** The file, or the name in the OS scheduler; of a fleet, the member and the database. */
  path: z.string(),
  change: z.enum(['removed', 'would-remove', 'failed', 'kept']),
  /** Why it failed or was kept; null otherwise. */
  detail: z.string().nullable(),
});
export type UninstallStep = z.infer<typeof uninstallStepSchema>;

export const uninstallResultSchema = z.object({
  steps: z.array(uninstallStepSchema),
  /** What is still there, and how to remove it: sentences. */
  left: z.array(z.string()),
});
export type UninstallResult = z.infer<typeof uninstallResultSchema>;
