import { expect, test } from 'vitest';
import { neverRunAt } from '../../../main/contract/schedule-rule.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import { whyNoSkips } from './no-skip.ts';

const task = (fields: object) => ({ status: 'active', cronExpression: '0 9 * * *', ...fields }) as TaskView;
const daily = task({});
const paused = task({ status: 'paused' });
const onDemand = task({ runAt: neverRunAt, scheduleRule: { events: [] } });
const skipsLogin = task({ runAt: neverRunAt, scheduleRule: { events: ['login'] }, skipUntil: neverRunAt });

test.each([
  ['a scheduled task has a next run', [daily], null],
  ['one of several is enough', [onDemand, paused, daily], null],
  ['a task on demand has no next run', [onDemand, onDemand], /on demand/],
  ['a paused task has none', [paused], /not active/],
  ['an event is skipped once', [skipsLogin], /already/],
  ['different reasons become one sentence', [onDemand, paused], /^None of these/],
])('%s', (_, tasks, reason) => {
  const said = whyNoSkips(tasks);
  if (reason === null) expect(said).toBeNull();
  else expect(said).toMatch(reason);
});
