import { z } from 'zod';
import { instantSchema, taskDraftSchema } from './task.ts';

const { tool, parameters, workingDirectory, env, policies } = taskDraftSchema.shape;

/** The fields of a draft that a test run needs. The draft may have no name and no schedule yet. */
export const testDraftSchema = z.object({
  /** The task that is being edited; the run is listed with its runs. Absent for a new task. */
  taskId: z.string().optional(),
  /** The id that a new task will have if it is saved after this run. @default an id that no task gets */
  newTaskId: z.string().optional(),
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

/** A variable that differs between the environment of tasks and that of a new login shell. */
const environmentDifferenceSchema = z.object({
  name: z.string(),
  /** Its value for tasks; null if they do not get it. */
  captured: z.string().nullable(),
  /** Its value in a new login shell; null if it is not set there. */
  shell: z.string().nullable(),
  /** The values are hidden because the name indicates a secret. */
  hidden: z.boolean(),
});
export type EnvironmentDifference = z.infer<typeof environmentDifferenceSchema>;

/** A variable that tasks get. */
export const environmentVariableSchema = z.object({
  name: z.string(),
  /** Null if it is hidden. */
  value: z.string().nullable(),
  /** The value is hidden because it looks like a secret. */
  hidden: z.boolean(),
});
export type EnvironmentVariable = z.infer<typeof environmentVariableSchema>;

export const environmentReportSchema = z.object({
  source: z.enum(['login-shell', 'cache', 'process', 'fallback']),
  capturedAt: instantSchema.nullable(),
  /** Number of variables that tasks get. */
  count: z.number().int().nonnegative(),
  /** Sorted by name. */
  differences: z.array(environmentDifferenceSchema),
  /** Why the login shell could not be started, for people; null if it could. */
  problem: z.string().nullable(),
});
export type EnvironmentReport = z.infer<typeof environmentReportSchema>;
