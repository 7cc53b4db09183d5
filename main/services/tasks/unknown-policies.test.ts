import { expect, it, test } from 'vitest';
import { policiesSchema } from '../../contract/task.ts';
import { assertKnownPolicies } from './unknown-policies.ts';

test.each([
  [{ timeout: 60 }, 'policies.timeout does not exist. Did you mean timeoutMs?'],
  [{ maxRetries: 3 }, 'policies.maxRetries does not exist. Did you mean retries?'],
  [{ overlp: 'skip' }, 'policies.overlp does not exist. Did you mean overlap?'],
  [{ retries: { count: 2, delay: 5 } }, 'policies.retries.delay does not exist. Did you mean delayMs?'],
  [{ conditions: { battery: true } }, 'policies.conditions.battery does not exist. policies.conditions has onACPower'],
  [{ after: [{ taskId: 'a', on: 'end', task: 'b' }] }, 'policies.after.0.task does not exist. Did you mean taskId?'],
])('%j is refused with the field that was meant', (given, message) => {
  expect(() => assertKnownPolicies(policiesSchema.parse(given))).toThrow(message);
});

it('accepts every policy that exists, and fields that a newer version stored', () => {
  const all = policiesSchema.parse({
    overlap: 'skip',
    retries: { count: 1, exitCodes: [1] },
    conditions: { online: true },
  });
  expect(() => assertKnownPolicies(all)).not.toThrow();
  const stored = policiesSchema.parse({ ...all, later: 1, retries: { count: 1, until: 2 } });
  expect(() => assertKnownPolicies({ ...stored, nice: 5 }, stored)).not.toThrow();
  expect(() => assertKnownPolicies({ ...stored, laterr: 5 }, stored)).toThrow('policies.laterr');
});
