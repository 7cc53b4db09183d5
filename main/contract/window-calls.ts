import { z } from 'zod';
import { doctorCheckSchema } from './cli.ts';
import { executionSchema } from './execution.ts';
import { parametersSchema } from './task.ts';

const nothing = z.object({});
const checks = z.object({ checks: z.array(doctorCheckSchema) });

/** Calls that only a window makes. */
export const windowCalls = {
  /** The system's own dialog for a folder. Null: it was cancelled. */
  'app.chooseDirectory': {
    input: z.object({ startAt: z.string().optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Checks everything a run needs; changes nothing. */
  'doctor.diagnose': { input: nothing, output: checks },
  /** Puts right what can be put right, then checks again. */
  'doctor.fix': { input: nothing, output: checks },
  /** Everything a person who helps would ask for, as text, without secrets and without what tasks do. */
  'app.report': { input: nothing, output: z.object({ report: z.string() }) },
  /** Runs the task of an execution again, with other parameters for this one run. */
  'executions.rerun': {
    input: z.object({ executionId: z.string(), parameters: parametersSchema }),
    output: z.object({ execution: executionSchema }),
  },
} as const;
