import { z } from 'zod';
import { instantSchema, taskDraftSchema } from './task.ts';

const { tool, parameters, workingDirectory, env, policies } = taskDraftSchema.shape;

/** What a test run needs of a draft: it may have no name and no schedule yet. */
export const testDraftSchema = z.object({
  /** The task that is being edited: the run then stands among its runs. Absent for a new one. */
  taskId: z.string().optional(),
  name: z.string().trim().max(200).default(''),
  tool,
  parameters,
  workingDirectory,
  env,
  policies,
  /** False runs parameters that look wrong. */
  validate: z.boolean().default(true),
});
export type TestDraft = z.infer<typeof testDraftSchema>;

/** One variable that differs between the environment tasks get and the login shell's of this moment. */
export const environmentDifferenceSchema = z.object({
  name: z.string(),
  /** What tasks get; null where they do not get it. */
  captured: z.string().nullable(),
  /** What a new login shell has; null where it has none. */
  shell: z.string().nullable(),
  /** The values are left out: the name says that they are secret. */
  hidden: z.boolean(),
});
export type EnvironmentDifference = z.infer<typeof environmentDifferenceSchema>;

export const environmentReportSchema = z.object({
  source: z.enum(['login-shell', 'cache', 'process', 'fallback']),
  capturedAt: instantSchema.nullable(),
  /** Variables tasks get. */
  count: z.number().int().nonnegative(),
  /** Sorted by name. */
  differences: z.array(environmentDifferenceSchema),
  /** Why the login shell could not be asked, for people; null if it could. */
  problem: z.string().nullable(),
});
export type EnvironmentReport = z.infer<typeof environmentReportSchema>;
