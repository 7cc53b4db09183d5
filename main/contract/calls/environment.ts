import { environmentReportSchema } from '../test-run.ts';
import { nothing } from './inputs.ts';

/** The environment that tasks get. */
export const environmentCalls = {
  /** Asks a login shell now, which may take seconds, and compares. */
  'environment.compare': { input: nothing, output: environmentReportSchema },
  /** Captures the login shell's environment again; runs that start later get it. */
  'environment.refresh': { input: nothing, output: environmentReportSchema },
} as const;
