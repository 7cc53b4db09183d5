import { expect, test } from 'vitest';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import { doubtOf, errorsOf } from './save-errors.ts';

const refusal = (code: string, details: Record<string, unknown>) =>
  errorsOf(new BridgeError({ code, message: 'The task cannot be saved.', details }));

test('an error about one field is shown beside it', () => {
  expect(refusal('task/invalid', { field: 'policies.timeoutMs' })).toEqual({ timeout: 'The task cannot be saved.' });
  expect(refusal('task/invalid', { field: 'policies.retries.delayMs' })).toHaveProperty('retryDelay');
  expect(refusal('task/invalid', { field: 'policies.success.0' })).toHaveProperty('success');
  expect(refusal('schedule/unknown-zone', {})).toEqual({ timezone: 'The task cannot be saved.' });
});

test('errors about several fields are shown beside each', () => {
  const fields = [
    { field: 'workingDirectory', message: '/gone does not exist.' },
    { field: 'tool', message: 'There is no tool "a:b".' },
    { field: 'tool', message: 'shell:run: /command must be string.' },
    { field: 'unheard-of', message: 'No.' },
  ];
  expect(refusal('task/invalid', { fields })).toEqual({
    workingDirectory: '/gone does not exist.',
    tool: 'There is no tool "a:b".',
    parameters: 'shell:run: /command must be string.',
    form: 'No.',
  });
});

test('a circle of tasks is shown beside the tasks it runs after', () => {
  const fields = [{ field: 'policies.after', message: 'it would run after itself (A after B after A).' }];
  expect(refusal('task/invalid', { fields })).toEqual({ after: 'it would run after itself (A after B after A).' });
});

test('an error about no field is shown under the form', () => {
  expect(refusal('store/disk-full', {})).toEqual({ form: 'The task cannot be saved.' });
  expect(errorsOf(new Error('Lost.'))).toEqual({ form: 'Lost.' });
});

test('a tool that could not be checked is a question, not an error', () => {
  const unverified = new BridgeError({
    code: 'task/tool-unverified',
    message: 'github:list was not checked.',
    details: { field: 'tool', tool: 'github:list', server: 'github', reason: 'it does not answer' },
  });
  expect(doubtOf(unverified)).toEqual({ server: 'github', message: 'it does not answer' });
  expect(doubtOf(new BridgeError({ code: 'task/invalid', message: 'No.', details: {} }))).toBeNull();
  expect(doubtOf(new Error('Lost.'))).toBeNull();
});
