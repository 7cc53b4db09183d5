import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const probeOf = ({ task }: { task: { policies?: { probe?: unknown } | undefined } }) => task.policies?.probe;

it.each([
  [['--probe', 'date'], { tool: 'shell:run', parameters: { command: 'date' } }],
  [['--probe', 'https://a.test/x'], { tool: 'http:request', parameters: { url: 'https://a.test/x' } }],
  [['--probe', 'curl https://a.test'], { tool: 'shell:run', parameters: { command: 'curl https://a.test' } }],
  [
    ['--probe-tool', 'shell:run', '--probe-params', '{"args":["date"]}', '--probe-json', '$.a', '--probe-first', 'run'],
    { tool: 'shell:run', parameters: { args: ['date'] }, path: '$.a', first: 'run' },
  ],
  [['--probe-then', 'tell', '--probe-match', 'v(.*)'], { then: 'tell', pattern: 'v(.*)' }],
  [
    ['--probe', 'date', '--probe-ignore', 'a', '--probe-ignore', 'b'],
    { tool: 'shell:run', parameters: { command: 'date' }, ignore: ['a', 'b'] },
  ],
])('%j', async (options, expected) => {
  expect(probeOf(await create('Watch', 'true', ...options))).toEqual(expected);
});

it('an update changes only what it names, and can clear it', async () => {
  await create('Watch', 'true', '--probe', 'date', '--probe-json', '$.a', '--probe-ignore', 'x');
  const date = { tool: 'shell:run', parameters: { command: 'date' } };
  expect(probeOf(await ok('update', 'Watch', '--probe-then', 'tell', '--probe-json', 'none'))).toEqual({
    ...{ ...date, then: 'tell', ignore: ['x'] },
  });
  expect(probeOf(await ok('update', 'Watch', '--probe', 'uptime'))).toMatchObject({
    ...{ parameters: { command: 'uptime' }, then: 'tell', ignore: ['x'] },
  });
  expect(probeOf(await ok('update', 'Watch', '--probe', 'none'))).toBeUndefined();
});

it.each([
  [['--probe', 'date', '--probe-tool', 'shell:run'], /use either --probe, or --probe-tool/],
  [['--probe-params', '{}'], /--probe-params needs --probe-tool/],
  [['--probe-json', '$.a'], /These options need --probe or --probe-tool/],
  [['--probe', 'date', '--probe-match', '('], /not a regular expression of RE2/],
])('%j is refused', async (options, expected) => {
  const base = ['--name', 'Watch', '--schedule', '@daily', '--tool', 'shell:run', '--params', '{"command":"true"}'];
  expect((await fails('create', ...base, ...options)).error.message).toMatch(expected);
});
