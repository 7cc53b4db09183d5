import { z } from 'zod';
import { doctorCheckSchema } from './cli.ts';
import { executionSchema } from './execution.ts';
import { instantSchema, parametersSchema } from './task.ts';

const nothing = z.object({});
const checks = z.object({ checks: z.array(doctorCheckSchema) });

export const scheduleLoadSchema = z.object({
  steps: z.array(
    z.object({
      /** Tasks that start in the step. */
      starts: z.number().int().nonnegative(),
      /** The most of them that start in one minute. */
      most: z.number().int().nonnegative(),
    }),
  ),
  /** So many tasks run at the same time; more wait. */
  concurrencyLimit: z.number().int().positive(),
  /** Some groups were left out: they start too often to be counted. */
  isPartial: z.boolean(),
});
export type ScheduleLoad = z.infer<typeof scheduleLoadSchema>;

export const shellCommandStateSchema = z.object({
  path: z.string(),
  state: z.enum(['installed', 'absent', 'stale', 'foreign']),
  onPath: z.boolean(),
  addToPath: z.string().nullable(),
});

/** Calls that only a window makes. */
export const windowCalls = {
  /** The system's own dialog for a folder. Null: it was cancelled. */
  'app.chooseDirectory': {
    input: z.object({ startAt: z.string().optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Whether `ncp-scheduler` can be typed in a shell. */
  'command.state': { input: nothing, output: shellCommandStateSchema },
  'command.install': { input: nothing, output: shellCommandStateSchema },
  'command.remove': { input: nothing, output: shellCommandStateSchema },
  /** Checks everything a run needs; changes nothing. */
  'doctor.diagnose': { input: nothing, output: checks },
  /** Puts right what can be put right, then checks again. */
  'doctor.fix': { input: nothing, output: checks },
  /** Everything a person who helps would ask for, as text, without secrets and without what tasks do. */
  'app.report': { input: nothing, output: z.object({ report: z.string() }) },
  /** How many tasks start when, in steps from `from` on. */
  'schedule.load': {
    input: z.object({
      from: instantSchema,
      until: instantSchema,
      stepMs: z.number().int().min(60_000).multipleOf(60_000),
    }),
    output: scheduleLoadSchema,
  },
  /** How runs ended since an instant, by steps; steps without any are left out. */
  'executions.outcomes': {
    input: z.object({ since: instantSchema, stepMs: z.number().int().min(60_000) }),
    output: z.object({
      steps: z.array(z.object({ at: instantSchema, good: z.number().int(), bad: z.number().int() })),
    }),
  },
  /** Runs the task of an execution again, with other parameters for this one run. */
  'executions.rerun': {
    input: z.object({ executionId: z.string(), parameters: parametersSchema }),
    output: z.object({ execution: executionSchema }),
  },
} as const;
