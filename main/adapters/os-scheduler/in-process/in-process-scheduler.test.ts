import { describe } from 'vitest';
import { osSchedulerContract } from '../../../testing/contract-suites/os-scheduler-suite.ts';
import { InProcessScheduler } from './in-process-scheduler.ts';

describe('no OS scheduler at all', () => {
  // There is no place that it could share with anybody.
  osSchedulerContract(() => ({ scheduler: new InProcessScheduler(), others: () => null }));
});
