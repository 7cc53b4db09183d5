import { z } from 'zod';
import { doctorCheckSchema } from '../cli.ts';
import { nothing } from './inputs.ts';

const checks = z.object({ checks: z.array(doctorCheckSchema) });

export const doctorCalls = {
  /** Checks everything that a run needs. Changes nothing. */
  'doctor.diagnose': { input: nothing, output: checks },
  /** Fixes what can be fixed, then checks again. */
  'doctor.fix': { input: nothing, output: checks },
} as const;
