import { describe, expect, it } from 'vitest';
import { aTask } from '../../testing/schedule-samples.ts';
import { differences, isRecord, nestedField, unitOf } from './differences.ts';
import { restoreFields } from './restore-fields.ts';

const task = aTask({ env: { A: '1', B: '2' }, policies: { overlap: 'skip' }, tags: ['x'] });

describe('the differences between two states of a task', () => {
  it('are none for the same state, and none of what follows from other fields or the clock', () => {
    const later = { ...task, id: 't2', timingId: 'b', createdAt: 'b', updatedAt: 'b', armedAt: 'b' };
    expect(differences(task, later)).toEqual([]);
    expect(differences(null, null)).toEqual([]);
  });

  it('are each field with what it was and is, and null for what was not there', () => {
    expect(differences(task, { ...task, name: 'Other', description: 'New', tags: undefined })).toEqual([
      { field: 'name', before: 'Daily backup', after: 'Other' },
      { field: 'tags', before: ['x'], after: null },
      { field: 'description', before: null, after: 'New' },
    ]);
    expect(differences(null, { name: 'a' })).toEqual([{ field: 'name', before: null, after: 'a' }]);
    expect(differences({ name: 'a' }, null)).toEqual([{ field: 'name', before: 'a', after: null }]);
  });

  it('compare values, not objects', () => {
    expect(differences(task, structuredClone(task))).toEqual([]);
  });

  it('have one entry for the fields of a schedule, and one for those of a state', () => {
    const changed = { ...task, cronExpression: '0 8 * * *', status: 'paused', pauseNote: 'holiday' };
    expect(differences(task, changed)).toEqual([
      {
        field: 'schedule',
        before: { cronExpression: '0 9 * * *', timezone: 'UTC' },
        after: { cronExpression: '0 8 * * *', timezone: 'UTC' },
      },
      { field: 'state', before: { status: 'active' }, after: { status: 'paused', pauseNote: 'holiday' } },
    ]);
  });

  it('have an entry for each policy and variable, and one for a value that is no object', () => {
    const changed = { ...task, env: { A: '1', B: '3', C: '4' }, policies: { overlap: 'allow-all' } };
    expect(differences(task, changed)).toEqual([
      { field: 'env.B', before: '2', after: '3' },
      { field: 'policies.overlap', before: 'skip', after: 'allow-all' },
      { field: 'env.C', before: null, after: '4' },
    ]);
    expect(differences({}, { env: ['odd'], policies: null })).toEqual([{ field: 'env', before: null, after: ['odd'] }]);
  });

  it('leave alone unknown fields that are named like a group', () => {
    expect(differences({}, { schedule: 'x', state: 'y' })).toEqual([]);
  });
});

it('a value is found by the name of its difference', () => {
  expect(unitOf(task, 'env.B')).toBe('2');
  expect(unitOf(task, 'state')).toEqual({ status: 'active' });
  expect(unitOf(task, 'description')).toBeNull();
});

it('the name of a difference is taken apart where a field has fields of its own', () => {
  expect(nestedField('policies.after')).toEqual({ field: 'policies', name: 'after' });
  expect(nestedField('env.A.B')).toEqual({ field: 'env', name: 'A.B' });
  for (const unit of ['name', 'env', 'envy.A', 'parameters.a', 'my.env.A']) expect(nestedField(unit)).toBeNull();
});

it('a JSON object is neither null nor a list', () => {
  expect([{}, null, [], 'a', undefined].map(isRecord)).toEqual([true, false, false, false, false]);
});

describe('restoring', () => {
  const restored = (before: object, after: object) => {
    const copy: typeof task = structuredClone({ ...task, ...after });
    restoreFields(copy, differences({ ...task, ...before }, copy));
    return copy;
  };

  it('makes every field what it was, and removes what was not there', () => {
    expect(restored({}, { name: 'Other', description: 'New', tags: [] })).toEqual(task);
    expect(restored({}, { status: 'paused', pausedUntil: 'x', pauseNote: 'y', errorMessage: 'z' })).toEqual(task);
    expect(restored({}, { env: { A: '9' }, policies: { overlap: 'allow-all', retries: { count: 1 } } })).toEqual(task);
  });

  it('leaves the schedule to its caller', () => {
    const copy = restored({}, { cronExpression: '0 8 * * *', name: 'Other' });
    expect(copy).toEqual({ ...task, cronExpression: '0 8 * * *' });
  });

  it('keeps other variables, and removes the variables with the last of them', () => {
    const { env: _env, policies: _policies, ...bare } = task;
    const changed: typeof task = structuredClone({ ...bare, env: { A: '1', C: '3' } });
    restoreFields(changed, [{ field: 'env.A', before: null, after: '1' }]);
    expect(changed.env).toEqual({ C: '3' });
    restoreFields(changed, [{ field: 'env.C', before: null, after: '3' }]);
    expect(changed).not.toHaveProperty('env');
    restoreFields(changed, [{ field: 'policies.overlap', before: 'skip', after: null }]);
    expect(changed.policies).toEqual({ overlap: 'skip' });
  });

  it('makes a state empty that was not recorded', () => {
    const changed = structuredClone({ ...task, pauseNote: 'x' });
    restoreFields(changed, [{ field: 'state', before: null, after: { status: 'active' } }]);
    expect(changed).not.toHaveProperty('status');
    expect(changed).not.toHaveProperty('pauseNote');
  });
});
