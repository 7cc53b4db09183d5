import { describe, expect, it } from 'vitest';
import { SuccessJudge } from '../success/success-judge.ts';
import { DoubtWatch } from './doubt-watch.ts';
import { doubtful, innocent } from '../../testing/doubt-samples.ts';
import type { Sample } from '../../testing/doubt-samples.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

function watched({ tool = 'shell:run', command, out = '', err = '' }: Sample): DoubtWatch {
  const watch = new DoubtWatch({ tool, command });
  watch.output('out', bytes(out));
  watch.output('err', bytes(err));
  return watch;
}

describe('a success is doubtful after', () => {
  it.each(doubtful.map((sample) => [sample.of, sample] as const))('%s', (_, sample) => {
    const doubt = watched(sample).doubt(sample.structured);
    expect(doubt).not.toBeNull();
    // The criterion that a person accepts with one click makes the same run a failure.
    const { tool = 'shell:run', out = '', err = '', structured } = sample;
    const judge = new SuccessJudge(doubt === null ? [] : [doubt.criterion], { tool, file: () => null });
    judge.output('out', bytes(out));
    judge.output('err', bytes(err));
    expect(judge.unmet(structured)).toHaveLength(1);
  });
});

describe('a success is not doubtful after', () => {
  it.each(innocent.map((sample) => [sample.of, sample] as const))('%s', (_, sample) => {
    expect(watched(sample).doubt(sample.structured)).toBeNull();
  });
});

it('says what looks like a failure, with the line that shows it and the criterion', () => {
  expect(watched({ of: '', out: 'start\nERROR: disk full.\n' }).doubt()).toEqual({
    sign: 'error-text',
    message: 'The output ends with an error: ERROR: disk full.',
    line: 'ERROR: disk full.',
    criterion: { check: 'lacks-match', pattern: '^\\s*ERROR:', in: 'stdout' },
  });
  expect(watched({ of: '', tool: 'http:request', out: '{"success":false}' }).doubt()).toEqual({
    sign: 'says-failed',
    message: 'The answer says "success": false.',
    line: '{"success":false}',
    criterion: { check: 'json', path: '$.success', is: 'lacks', value: false },
  });
});

it('finds signs in output that arrives byte by byte', () => {
  const watch = new DoubtWatch({ tool: 'shell:run' });
  for (const byte of Buffer.from('TypeError: x is not a function\n    at run (/app/a.js:3:9)\nend\n'))
    watch.output('err', Uint8Array.of(byte));
  expect(watch.doubt()).toMatchObject({ sign: 'traceback', line: 'TypeError: x is not a function' });
});

it('is empty with nothing but white space', () => {
  const emptiness = (out: string, err: string, tool: string): boolean => {
    const watch = watched({ of: '', tool, out, err });
    watch.doubt();
    return watch.isEmpty;
  };
  expect(emptiness(' \n\n', '', 'shell:run')).toBe(true);
  expect(emptiness('', 'warning', 'shell:run')).toBe(false);
  expect(emptiness('', 'a log of the server', 'server:tool')).toBe(true);
});

it('takes little processor time and memory for hostile output', () => {
  const hostile = [
    'a'.repeat(64 * 1024),
    'Error'.repeat(10_000),
    `${'a.'.repeat(20_000)}Error`,
    `${'x:1:in `'.repeat(5000)}'`,
    `${'{"error":'.repeat(5000)}`,
    '['.repeat(60_000),
  ];
  const watch = new DoubtWatch({ tool: 'shell:run' });
  const before = process.cpuUsage();
  for (let round = 0; round < 20; round += 1) for (const line of hostile) watch.output('out', bytes(`${line}\n`));
  for (let round = 0; round < 200_000; round += 1)
    if (round % 1000 === 0) watch.output('err', bytes('x\n'.repeat(1000)));
  expect(watch.doubt()).toBeNull();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(5000);
});
