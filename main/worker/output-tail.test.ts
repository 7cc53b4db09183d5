import { expect, test } from 'vitest';
import { OutputTail } from './output-tail.ts';
import { cancelled, failure, success } from './runners/runner.ts';

const exit2 = failure('shell/exit-code', 'The command ended with exit code 2.', { exitCode: 2 });

function tailOf(stream: 'out' | 'err', ...chunks: readonly string[]): OutputTail {
  const tail = new OutputTail();
  for (const chunk of chunks) tail.push(stream, Buffer.from(chunk));
  return tail;
}

test('a failure names the last line of stderr that says why, without colours', () => {
  const tail = tailOf('err', 'loading\r50%\r', '\u001b[31mcurl: (6) Could not resolve', ' host: x\u001b[0m\n');
  expect(tail.explained(exit2).error).toEqual({
    code: 'shell/exit-code',
    message: 'The command ended with exit code 2.',
    line: 'curl: (6) Could not resolve host: x',
  });
});

test('a flood keeps its end, and never the half of a line', () => {
  const tail = tailOf('err', `error: ${'x'.repeat(20_000)}\n`, 'y'.repeat(10), '\n');
  expect(tail.explained(exit2).error?.line).toBe('y'.repeat(10));
  expect(tailOf('err', `error: ${'z'.repeat(3000)}`).explained(exit2).error?.line).toHaveLength(500);
});

test('nothing is added to a success, a cancelled run, a failure of another kind, or a silent failure', () => {
  const tail = tailOf('err', 'error: x\n');
  const other = failure('mcp/tool-error', 'It failed.');
  for (const outcome of [success(null, 0), cancelled('the command ran'), other])
    expect(tail.explained(outcome)).toBe(outcome);
  expect(new OutputTail().explained(exit2)).toBe(exit2);
});
