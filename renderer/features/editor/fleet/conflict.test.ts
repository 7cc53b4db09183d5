import { expect, test } from 'vitest';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import { conflictOf } from './conflict.ts';

const refused = (code: string, details: Record<string, unknown>) =>
  conflictOf(new BridgeError({ code, message: '"Backup" was changed on server meanwhile.', details }));

test('a conflict has both sides of each field, policies one by one', () => {
  const policies = { yours: { timeoutMs: 1000, nice: 5 }, theirs: { timeoutMs: 2000, nice: 5 } };
  const fields = [
    { field: 'name', yours: 'Mine', theirs: 'Theirs' },
    { field: 'policies', ...policies },
  ];
  expect(refused('fleet/conflict', { member: 'server', fields })).toEqual({
    member: 'server',
    message: '"Backup" was changed on server meanwhile.',
    fields: [
      { field: 'name', yours: 'Mine', theirs: 'Theirs' },
      { field: 'policies.timeoutMs', yours: 1000, theirs: 2000 },
    ],
  });
});

test('policies that one side does not have are shown as missing', () => {
  const fields = [{ field: 'policies', yours: null, theirs: { nice: 5 } }];
  expect(refused('fleet/conflict', { member: 'server', fields })?.fields).toEqual([
    { field: 'policies.nice', yours: null, theirs: 5 },
  ]);
});

test('a revision that is not known here is a conflict without sides; other refusals are none', () => {
  expect(refused('fleet/conflict', { taskId: 'a', fields: [] })).toMatchObject({ member: null, fields: [] });
  expect(refused('fleet/away', {})).toBeNull();
  expect(conflictOf(new Error('Lost.'))).toBeNull();
});
