import { describe, expect, it } from 'vitest';
import type { ScheduleFile } from '../../../contract/task.ts';
import { aTask, aTiming } from '../../../testing/schedule-samples.ts';
import { integrityProblem } from './integrity.ts';

/** Returns a valid file with two groups and three tasks, changed by `change`. */
function file(change: (draft: ScheduleFile) => void = () => undefined): ScheduleFile {
  const noon = { cronExpression: '0 12 * * *' };
  const draft: ScheduleFile = {
    version: '2.0.0',
    tasks: { t1: aTask(), t2: aTask({ id: 't2' }), t3: aTask({ id: 't3', timingId: 'noon', ...noon }) },
    timings: {
      'daily-9am': aTiming({ taskIds: ['t1', 't2'] }),
      noon: aTiming({ id: 'noon', taskIds: ['t3'], ...noon }),
    },
  };
  change(draft);
  return draft;
}
const task = (draft: ScheduleFile, id: string) => draft.tasks[id] ?? aTask();
const group = (draft: ScheduleFile, id: string) => draft.timings[id] ?? aTiming();

it('a file whose tasks and groups agree has no problem', () => {
  expect(integrityProblem(file())).toBeNull();
  expect(integrityProblem({ version: '2.0.0', tasks: {}, timings: {} })).toBeNull();
});

describe('the first broken rule of a group is found with its place', () => {
  it.each<[string, (draft: ScheduleFile) => void, string[], string]>([
    [
      'another id than its key',
      (draft) => void (group(draft, 'noon').id = 'nine'),
      ['timings', 'noon', 'id'],
      'is "nine", but must be its key "noon"',
    ],
    [
      'a member that does not exist',
      (draft) => void group(draft, 'noon').taskIds.push('constructor'),
      ['timings', 'noon', 'taskIds'],
      'lists "constructor", but there is no such task',
    ],
    [
      'a member of another group',
      (draft) => void group(draft, 'noon').taskIds.push('t1'),
      ['timings', 'noon', 'taskIds'],
      'lists "t1", but that task says it belongs to group "daily-9am"',
    ],
    [
      'a member twice',
      (draft) => void group(draft, 'noon').taskIds.push('t3'),
      ['timings', 'noon', 'taskIds'],
      'lists "t3" twice',
    ],
  ])('%s', (_what, change, path, message) => {
    expect(integrityProblem(file(change))).toEqual({ path, message });
  });

  it.each<[string, Partial<ReturnType<typeof aTiming>>, string]>([
    ['timezone', { timezone: 'Mars/Base' }, 'Mars/Base'],
    ['cronExpression', { cronExpression: '0 25 * * *' }, '25'],
  ])('an invalid %s', (field, change, message) => {
    const problem = integrityProblem(file((draft) => void Object.assign(group(draft, 'noon'), change)));
    expect(problem?.path).toEqual(['timings', 'noon', field]);
    expect(problem?.message).toContain(message);
  });

  it('a rule with an invalid expression', () => {
    const rule = { scheduleRule: { crons: ['0 25 * * *'] } };
    const problem = integrityProblem(file((draft) => void Object.assign(group(draft, 'noon'), rule)));
    expect(problem?.path).toEqual(['timings', 'noon', 'scheduleRule']);
    expect(problem?.message).toContain('25');
  });

  it('an invalid expression in the second group, although the first one was right', () => {
    const wrong = integrityProblem(
      file((draft) => {
        group(draft, 'noon').cronExpression = 'x';
        task(draft, 't3').cronExpression = 'x';
      }),
    );
    expect(wrong?.path).toEqual(['timings', 'noon', 'cronExpression']);
  });
});

describe('the first broken rule of a task is found with its place', () => {
  it.each<[string, (draft: ScheduleFile) => void, string[], string]>([
    [
      'another id than its key',
      (draft) => void (task(draft, 't2').id = 't9'),
      ['tasks', 't2', 'id'],
      'is "t9", but must be its key "t2"',
    ],
    [
      'a group that does not exist',
      (draft) => void (draft.tasks['t4'] = aTask({ id: 't4', timingId: 'toString' })),
      ['tasks', 't4', 'timingId'],
      'names group "toString", but there is no such group',
    ],
    [
      'a group that does not list it',
      (draft) => void (draft.tasks['t4'] = aTask({ id: 't4' })),
      ['timings', 'daily-9am', 'taskIds'],
      'does not list task "t4", which belongs to it',
    ],
    [
      'another expression than its group',
      (draft) => void (task(draft, 't2').cronExpression = '0 8 * * *'),
      ['tasks', 't2', 'cronExpression'],
      'is "0 8 * * *", but its group "daily-9am" has "0 9 * * *"; to change when a task runs, use "update"',
    ],
    [
      'another zone than its group',
      (draft) => void (task(draft, 't2').timezone = 'Europe/Berlin'),
      ['tasks', 't2', 'timezone'],
      'is "Europe/Berlin", but its group "daily-9am" has "UTC"; to change when a task runs, use "update"',
    ],
    [
      'an instant that its group does not have',
      (draft) => void (task(draft, 't2').runAt = '2026-12-01T00:00:00.000Z'),
      ['tasks', 't2', 'runAt'],
      'is "2026-12-01T00:00:00.000Z", but its group "daily-9am" has ""; to change when a task runs, use "update"',
    ],
  ])('%s', (_what, change, path, message) => {
    expect(integrityProblem(file(change))).toEqual({ path, message });
  });

  it('another rule than its group, but not a rule that only one of the two has', () => {
    const every = (count: number) => ({
      scheduleRule: { every: { count, unit: 'week' as const, from: '2026-11-23' } },
    });
    const rules = (ofTask: object, ofGroup: object) =>
      integrityProblem(
        file((draft) => {
          Object.assign(task(draft, 't3'), ofTask);
          Object.assign(group(draft, 'noon'), ofGroup);
        }),
      );
    expect(rules(every(2), every(3))).toMatchObject({ path: ['tasks', 't3', 'scheduleRule'] });
    expect(rules(every(2), every(3))?.message).toMatch(/^is ".+", but its group "noon" has ".+"; to change when/);
    expect(rules(every(2), every(2))).toBeNull();
    expect(rules(every(2), {})).toBeNull();
    expect(rules({}, every(3))).toBeNull();
  });
});
