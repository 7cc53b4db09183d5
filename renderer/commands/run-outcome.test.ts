import { expect, test } from 'vitest';
import { aDoubt } from '../../main/testing/ledger-samples.ts';
import { sampleExecution } from '../testing/samples.ts';
import { outcomeToast } from './run-outcome.ts';

const error = { code: 'shell/exit-code', message: 'The command ended with exit code 127.', line: 'cur: not found' };

test('the message about a run that failed says why, in the words of the program', () => {
  const ended = sampleExecution({ status: 'failure', exitCode: 127, error });
  expect(outcomeToast('Ping the site', ended)).toEqual({
    tone: 'error',
    message: '“Ping the site” failed: cur: not found (exit code 127)',
  });
});

test('the message about a run that succeeded says so, with its doubt', () => {
  expect(outcomeToast('Ping', sampleExecution({ status: 'success' }))?.message).toBe('“Ping” succeeded.');
  const doubtful = outcomeToast('Ping', sampleExecution({ status: 'success', doubt: aDoubt }));
  expect(doubtful?.message).toBe(`“Ping” succeeded, but is doubtful: ${aDoubt.message}`);
});

test('a run that the person stopped needs no message', () => {
  expect(outcomeToast('Ping', sampleExecution({ status: 'cancelled' }))).toBeNull();
});
