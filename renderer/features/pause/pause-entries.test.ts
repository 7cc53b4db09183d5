import { expect, test } from 'vitest';
import { neverRunAt } from '../../../main/contract/schedule-rule.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import type { Commands } from '../../commands/commands.ts';
import { pauseEntries } from './pause-entries.tsx';

const labels = (task: object) =>
  pauseEntries({ status: 'active', ...task } as TaskView, {} as Commands).map(
    (entry) => 'label' in entry && entry.label,
  );

test('an active task with a schedule can skip its next run', () => {
  expect(labels({ cronExpression: '0 9 * * *' })[0]).toBe('Skip next run');
});

test('a task on demand has no next run to skip', () => {
  const onDemand = labels({ runAt: neverRunAt, scheduleRule: { events: [] } });
  expect(onDemand).toHaveLength(1);
  expect(onDemand).not.toContain('Skip next run');
});
