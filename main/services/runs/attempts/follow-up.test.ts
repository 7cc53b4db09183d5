import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../contract/execution.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { aTask } from '../../../testing/schedule-samples.ts';
import { followUp } from './follow-up.ts';

const before = (result: unknown) =>
  ({ ...anExecution({ executionId: 'e0', taskName: 'Fetch' }), ...anOutcome({ result }), duration: 1 }) as Execution;
const reference = { message: { $from: '/result/count' } };
const env = { A: '1' };
const follower = aTask({ tool: 'http:request', policies: { after: [{ taskId: 't0', on: 'success' }] } });

describe('what a run gets of the run before it', () => {
  it('is nothing if it follows none: a reference is as written', () => {
    const given = { parameters: reference, env };
    expect(followUp(aTask({ tool: 'http:request' }), undefined, '/logs/e1.log', given)).toEqual(given);
    expect(followUp(aTask({ policies: { after: [] } }), undefined, '/logs/e1.log', given)).toEqual(given);
  });

  it('is its facts, its result in a file beside the log, and the values that the parameters name', () => {
    const got = followUp(follower, before({ count: 3 }), '/logs/e1.log', { parameters: reference, env });
    expect(got.parameters).toEqual({ message: 3 });
    expect(got.resultFile).toEqual({ path: '/logs/e1.log.after.json', content: '{"count":3}' });
    expect(got.env).toMatchObject({
      ...{ A: '1', NCP_AFTER_TASK: 'Fetch', NCP_AFTER_EXECUTION_ID: 'e0', NCP_AFTER_STATUS: 'success' },
      NCP_AFTER_RESULT_FILE: '/logs/e1.log.after.json',
    });
  });

  it('has no file without a result', () => {
    const got = followUp(follower, before(null), '/logs/e1.log', { parameters: {}, env });
    expect(got).not.toHaveProperty('resultFile');
    expect(got.env).not.toHaveProperty('NCP_AFTER_RESULT_FILE');
  });

  it('is also there for a task that a person started after it', () => {
    const got = followUp(aTask({ tool: 'http:request' }), before({ count: 3 }), '/l', { parameters: reference, env });
    expect(got.parameters).toEqual({ message: 3 });
  });

  it('never becomes part of a shell command', () => {
    const parameters = { command: { $from: '/result/count' } };
    const shell = aTask({ policies: { after: [{ taskId: 't0', on: 'success' }] } });
    expect(followUp(shell, before({ count: '; rm' }), '/l', { parameters, env }).parameters).toEqual(parameters);
  });

  it('must be there if the parameters need it', () => {
    const start = () => followUp(follower, undefined, '/l', { parameters: reference, env });
    expect(start).toThrow(expect.objectContaining({ code: 'execution/no-run-before' }));
    const given = { parameters: { message: 'as it is' }, env };
    expect(followUp(follower, undefined, '/l', given)).toEqual(given);
  });
});
