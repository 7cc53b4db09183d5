import { describe } from 'vitest';
import { osSchedulerContract } from '../../../testing/contract-suites/os-scheduler-suite.ts';
import { InProcessScheduler } from './in-process-scheduler.ts';

describe('no OS scheduler at all', () => {
  // It has no place that it shares with other programs.
  osSchedulerContract(() => ({ scheduler: new InProcessScheduler(), others: () => null }));
});
