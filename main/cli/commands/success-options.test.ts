import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policiesSchema } from '../../contract/task.ts';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);

it('every policy can be set', async () => {
  await create('First');
  const { task } = await create(
    'Full', 'true',
    ...['--timeout', '90s', '--memory-mb', '512', '--max-processes', '50', '--overlap', 'skip', '--catch-up', 'once', '--catch-up-window', '2h'],
    ...['--retries', '3', '--retry-delay', '5s', '--backoff', '1.5', '--max-retry-delay', '1m', '--retry-jitter', '0.5'],
    ...['--retry-exit-codes', '1,75', '--jitter', '1m', '--pause-after', '4', '--after', 'First'],
    ...['--late-after', '5m', '--long-after', '3x', '--overdue-after', '1d'],
    ...['--only-if', 'ac-power', 'online', '--nice', '10', '--output-limit', '1000', '--fail-if-empty'],
    ...['--budget', '3 runs/day, 2 h/month, $5/month'],
      ...['--doubt', 'fail', '--worker', 'own', '--if-lost', 'take-over', '--skip-on', 'weekends', '--day-off', 'next', '--probe', 'date'],
  ); // oxfmt-ignore
  expect(Object.keys(task.policies ?? {}).sort()).toEqual(Object.keys(policiesSchema.shape).sort());
  expect(task.policies).toMatchObject({
    retries: { count: 3, delayMs: 5000, backoff: 1.5, maxDelayMs: 60_000, jitter: 0.5, exitCodes: [1, 75] },
    budget: { perDay: { runs: 3 }, perMonth: { minutes: 120, cost: 5 } },
    conditions: { onACPower: true, online: true },
    nice: 10,
    worker: 'own',
    maxProcesses: 50,
    ...{ lateAfterMs: 300_000, longAfter: { factor: 3 }, overdueAfterMs: 86_400_000 },
    outputLimitBytes: 1000,
  });
});

describe('what counts as success', () => {
  it('can be said with options', async () => {
    const { task } = await create(
      'Backup', 'true',
      ...['--expect-output', 'done', '--fail-if-output', 'ERROR', 'FATAL', '--expect-match', '^ok$'],
      ...['--fail-if-match', '(?i)panic', '--expect-file', '~/a,b.tar,younger=1h,min=1000', '--fail-if-empty'],
      ...['--fail-if-stderr', '--success', '[{"check":"contains","text":"x","in":"stdout"}]'],
    ); // oxfmt-ignore
    expect(task.policies?.success).toEqual([
      { check: 'contains', text: 'x', in: 'stdout' },
      { check: 'contains', text: 'done' },
      { check: 'lacks', text: 'ERROR' },
      { check: 'lacks', text: 'FATAL' },
      { check: 'matches', pattern: '^ok$' },
      { check: 'lacks-match', pattern: '(?i)panic' },
      { check: 'file', path: '~/a,b.tar', youngerThanMs: 3_600_000, minBytes: 1000 },
      { check: 'not-empty' },
      { check: 'empty', in: 'stderr' },
    ]);
  });

  it.each([
    ['$.ok', { path: '$.ok', is: 'exists' }],
    ['!$.error', { path: '$.error', is: 'missing' }],
    ['$.ok=true', { path: '$.ok', is: 'equals', value: true }],
    ['$.state==done', { path: '$.state', is: 'equals', value: 'done' }],
    ['$.a=b=c', { path: '$.a', is: 'equals', value: 'b=c' }],
    ['$.state!="failed"', { path: '$.state', is: 'differs', value: 'failed' }],
    ['!$.success=false', { path: '$.success', is: 'lacks', value: false }],
    ['$.free>1.5', { path: '$.free', is: 'above', value: 1.5 }],
    ['$.age<-3', { path: '$.age', is: 'below', value: -3 }],
    ['$.items[?@.b<5 && @.c=="]"].d>2', { path: '$.items[?@.b<5 && @.c=="]"].d', is: 'above', value: 2 }],
  ])('--expect-json %s', async (check, expected) => {
    const { task } = await create('Backup', 'true', '--expect-json', check);
    expect(task.policies?.success).toEqual([{ check: 'json', ...expected }]);
  });

  it('is replaced as a whole by an update, and cleared by none', async () => {
    await create('Backup', 'true', '--expect-output', 'done', '--timeout', '1m');
    const { task } = await ok('update', 'Backup', '--fail-if-empty');
    expect(task.policies).toEqual({ timeoutMs: 60_000, success: [{ check: 'not-empty' }] });
    expect((await ok('update', 'Backup', '--success', 'none')).task.policies).toEqual({ timeoutMs: 60_000 });
  });

  it.each([
    [['--expect-json', '$.a>x'], /--expect-json: "\$\.a>x" is not valid\. Expected a number after >/],
    [['--expect-json', '$.a['], /not a JSONPath such as \$\.items\[0\]\.name/],
    [['--expect-match', '('], /not a regular expression of RE2/],
    [['--fail-if-match', '(?=x)'], /without lookahead/],
    [['--expect-file', 'a,younger=soon'], /PATH,younger=DURATION,min=BYTES/],
    [['--success', '{}'], /a JSON array/],
    [['--success', '[{"check":"contains","texts":"a"}]'], /0\.text|0: /],
    [['--expect-output', 'a\nb'], /must be one line/],
    [['--retry-exit-codes', '1,x'], /whole numbers separated by commas/],
    [['--only-if', 'sunny'], /one of ac-power, online/],
  ])('is refused if it cannot be checked: %j', async (options, expected) => {
    const params = ['--schedule', '@daily', '--tool', 'shell:run', '--params', '{"command":"true"}'];
    const { error } = await fails('create', '--name', 'Backup', ...params, ...options);
    expect(error.message).toMatch(expected);
    expect(application.store.read().tasks).toEqual({});
  });
});
