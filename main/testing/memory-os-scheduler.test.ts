import { describe } from 'vitest';
import { osSchedulerContract } from './contract-suites/os-scheduler-suite.ts';
import { memoryOsScheduler } from './memory-os-scheduler.ts';

describe('the OS scheduler in memory', () => {
  osSchedulerContract(() => {
    const scheduler = memoryOsScheduler('systemd');
    scheduler.others.push({ timingId: 'daily-8am', kind: 'systemd', state: 'foreign', key: null, path: '/theirs' });
    return { scheduler, others: () => structuredClone(scheduler.others) };
  });
});
