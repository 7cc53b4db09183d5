import { environmentReportSchema } from '../test-run.ts';
import { nothing } from './inputs.ts';

/** Calls for the environment that tasks get. */
export const environmentCalls = {
  /** Compares it with the environment of a new login shell, which may take seconds to start. */
  'environment.compare': { input: nothing, output: environmentReportSchema },
  /** Captures the login shell's environment again, for runs that start later. */
  'environment.refresh': { input: nothing, output: environmentReportSchema },
} as const;
