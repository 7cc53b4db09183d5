import { expect, test } from 'vitest';
import { quitQuestion } from './quit-question.ts';

test('asks nothing while no task is running', () => {
  expect(quitQuestion({ running: [], groups: 3, osScheduler: 'in-process' })).toBeNull();
});

test('says what is stopped and what keeps running', () => {
  expect(quitQuestion({ running: ['Backup'], groups: 2, osScheduler: 'systemd' })).toEqual({
    message: '“Backup” is running',
    detail: 'Quitting stops it.\n\nsystemd keeps running your 2 schedules without the app.',
  });
});

test('says if nothing keeps running', () => {
  const question = quitQuestion({ running: ['A', 'B', 'C', 'D', 'E', 'F'], groups: 1, osScheduler: 'in-process' });
  expect(question?.message).toBe('6 tasks are running');
  expect(question?.detail).toContain('A, B, C, D, E and 1 more');
  expect(question?.detail).toContain('no task runs on schedule until you open');
  expect(quitQuestion({ running: ['A'], groups: 0, osScheduler: 'cron' })?.detail).toContain('Nothing else');
});
