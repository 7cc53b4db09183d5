import { z } from 'zod';
import { executionFilterSchema, executionSchema, executionSetupSchema } from '../execution.ts';
import { runFiguresSchema } from '../recent-runs.ts';
import { criteriaSchema, triedCriterionSchema } from '../success.ts';
import { instantSchema } from '../task.ts';
import { parametersSchema } from '../tool-call.ts';
import { executionIdInput } from './inputs.ts';

const execution = z.object({ execution: executionSchema });

export const executionCalls = {
  'executions.list': {
    input: executionFilterSchema,
    output: z.object({ executions: z.array(executionSchema), total: z.number().int() }),
  },
  /** `setup` is null if it is not known: for runs of an older version and runs of ncp. */
  'executions.get': {
    input: executionIdInput,
    output: z.object({ execution: executionSchema, setup: executionSetupSchema.nullable() }),
  },
  'executions.cancel': { input: executionIdInput, output: execution },
  /** Runs the task of an execution again, once, with other parameters. */
  /** Without `parameters`: with those that the task has now. A follow-up gets the run before it again. */
  'executions.rerun': {
    input: executionIdInput.extend({ parameters: parametersSchema.optional() }),
    output: execution,
  },
  /** Applies success criteria that are not saved yet to a run that has ended. */
  'executions.judge': {
    input: executionIdInput.extend({ criteria: criteriaSchema }),
    output: z.object({ tried: z.array(triedCriterionSchema) }),
  },
  /** Returns how runs ended since an instant, in steps of time. Omits steps without runs. */
  'executions.outcomes': {
    input: z.object({ since: instantSchema, stepMs: z.number().int().min(60_000) }),
    output: z.object({
      steps: z.array(z.object({ at: instantSchema, good: z.number().int(), bad: z.number().int() })),
    }),
  },
  /** Returns what the latest runs of these tasks say about them. `withRuns` adds the runs themselves. */
  'executions.figures': {
    input: z.object({ taskIds: z.array(z.string()).max(500), withRuns: z.boolean().default(true) }),
    output: z.object({ tasks: z.array(runFiguresSchema) }),
  },
} as const;
