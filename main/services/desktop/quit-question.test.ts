import { expect, test } from 'vitest';
import { quitQuestion } from './quit-question.ts';

test('nothing is asked while nothing runs', () => {
  expect(quitQuestion({ running: [], groups: 3, osScheduler: 'in-process' })).toBeNull();
});

test('it names what is stopped, and what goes on', () => {
  expect(quitQuestion({ running: ['Backup'], groups: 2, osScheduler: 'systemd' })).toEqual({
    message: '“Backup” is running',
    detail: 'Quitting stops it.\n\nYour 2 schedules keep running without the app: systemd starts the runs.',
  });
});

test('it says where nothing goes on', () => {
  const question = quitQuestion({ running: ['A', 'B', 'C', 'D', 'E', 'F'], groups: 1, osScheduler: 'in-process' });
  expect(question?.message).toBe('6 tasks are running');
  expect(question?.detail).toContain('A, B, C, D, E and 1 more');
  expect(question?.detail).toContain('no task runs on schedule until you open');
  expect(quitQuestion({ running: ['A'], groups: 0, osScheduler: 'cron' })?.detail).toContain('Nothing else');
});
