import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toWorkerSchema } from '../contract/worker.ts';
import { readMessage } from './messages.ts';

const text = fc.string({ maxLength: 5 });
const texts = fc.dictionary(text, text, { maxKeys: 3 });
/** Valid and nearly valid values. */
const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    0,
    1,
    -1,
    1.5,
    NaN,
    2 ** 53,
    true,
    [],
    {},
    ['a'],
    [1],
    { a: 1 },
    { a: 'b' },
    'cancelled',
  ),
  text,
  fc.integer(),
  texts,
);
const or = <T>(fits: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: fits }, { weight: 1, arbitrary: odd });
const record = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] }).chain((all) =>
    // Mostly complete, sometimes with a missing field.
    fc.oneof(
      { weight: 10, arbitrary: fc.constant(all) },
      {
        weight: 1,
        arbitrary: fc.subarray(Object.keys(all)).map((keys) => Object.fromEntries(keys.map((key) => [key, all[key]]))),
      },
    ),
  );
const full = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.oneof(fc.record(fields), record(fields));

const server = fc.oneof(
  fc.constant(null),
  full({ command: or(text), args: or(fc.array(text, { maxLength: 2 })), env: or(texts), cwd: or(text), more: odd }),
  full({ url: or(fc.constantFrom('http://localhost:1/mcp', 'https://x.org', 'nonsense', '')), headers: or(texts) }),
  odd,
);
const spec = full({
  executionId: or(text),
  taskName: or(text),
  tool: or(text),
  parameters: or(fc.dictionary(text, odd, { maxKeys: 3 })),
  workingDirectory: or(fc.option(text)),
  env: or(texts),
  logPath: or(text),
  outputLimitBytes: or(fc.integer({ min: 1 })),
  timeoutMs: or(fc.integer({ min: 1 })),
  mcpServer: server,
  accessToken: or(text),
  kept: fc.oneof(fc.constant(undefined), or(full({ forMs: or(fc.integer({ min: 0 })), place: or(text) }))),
});
const sessionEvent = fc.oneof(
  full({
    kind: fc.constantFrom('join', 'leave', 'started', 'too-large', 'frame', 'stderr', 'garbage', 'note', 'other'),
    text: or(text),
  }),
  full({ kind: fc.constant('heard'), characters: or(fc.integer({ min: -1 })) }),
  full({
    kind: fc.constant('ended'),
    code: or(fc.option(fc.integer())),
    signal: or(fc.option(text)),
    lastWords: or(text),
    problem: or(fc.option(full({ code: or(text), message: or(text) }))),
  }),
);
const message = fc.oneof(
  full({
    type: fc.constant('run'),
    spec: or(spec),
    nice: fc.oneof(fc.constant(undefined), fc.integer({ min: -2, max: 22 }), odd),
    processes: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 9 }), odd),
    shared: fc.oneof(fc.constant(undefined), fc.boolean(), odd),
  }),
  full({ type: fc.constant('prepare'), tool: fc.string() }),
  full({
    type: fc.constant('token'),
    token: or(fc.option(text)),
    error: or(fc.option(full({ code: or(text), message: or(text), line: or(text) }))),
  }),
  full({
    type: fc.constant('cancel'),
    executionId: or(text),
    reason: or(fc.constantFrom('timeout', 'cancelled', 'memory', 'processes', 'quit')),
  }),
  full({ type: fc.constant('session'), executionId: or(text), event: or(sessionEvent) }),
  full({
    type: fc.constant('keep'),
    program: or(
      full({
        ...{ sessionId: or(text), command: or(text), args: or(fc.array(text, { maxLength: 2 })) },
        ...{ cwd: or(fc.option(text)), env: or(texts) },
      }),
    ),
    nice: fc.oneof(fc.constant(undefined), fc.integer({ min: -2, max: 22 })),
  }),
  full({ type: fc.constant('mask'), texts: or(fc.array(text, { maxLength: 2 })) }),
  full({ type: fc.constant('end') }),
  full({ type: fc.constant('acknowledge'), executionId: or(text) }),
  odd,
);

describe('the check without zod', () => {
  it('accepts exactly the messages that the schema accepts', () => {
    let [fitting, others] = [0, 0];
    fc.assert(
      fc.property(message, (value) => {
        const bySchema = toWorkerSchema.safeParse(value).success;
        if (bySchema) fitting += 1;
        else others += 1;
        expect(readMessage(value).ok).toBe(bySchema);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(fitting, others)).toBeGreaterThan(500);
  });

  it('describes the problem with the schema', async () => {
    const read = readMessage({ type: 'cancel', executionId: 'e1', reason: 'bored' });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(await read.problem).toContain('reason');
  });
});
