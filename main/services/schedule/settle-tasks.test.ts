import { expect, test } from 'vitest';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { settleTasks } from './settle-tasks.ts';

test('tasks are settled group by group, each once', () => {
  const task = (id: string, timingId: string) => ({ id, timingId }) as Task;
  const tasks = [task('a', 'x'), task('b', 'y'), task('c', 'x'), task('d', 'y'), task('e', 'z')];
  const settled: string[] = [];
  settleTasks({ settle: ({ id }) => void settled.push(id) }, tasks, {} as ScheduleFile);
  expect(settled).toEqual(['a', 'c', 'b', 'd', 'e']);
});
