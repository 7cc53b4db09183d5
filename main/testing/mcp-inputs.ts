import fc from 'fast-check';
import type { z } from 'zod';
import type { OwnTool } from '../mcp-server/own-tool.ts';

/** Valid and invalid values for each field. */
const fitting: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  job_id: fc.constantFrom('Backup', 'id-001', 'Nobody', '__proto__', 'constructor'),
  execution_id: fc.constantFrom('id-002', 'id-003', 'toString', ''),
  timing_id: fc.constantFrom('daily-9am', '__proto__'),
  name: fc.oneof(fc.constantFrom('Backup', 'Other'), fc.string({ unit: 'binary', maxLength: 250 })),
  schedule: fc.oneof(
    fc.constantFrom('every day at 9am', '*/7 * * * *', '2027-01-01T00:00:00Z', '@reboot'),
    fc.string(),
  ),
  cron: fc.oneof(fc.constantFrom('0 9 * * *', '0 0 31 2 *', '* * * * * *'), fc.string()),
  tool: fc.constantFrom('shell:run', 'shell:walk', 'nowhere:tool', 'away:tool', 'no colon', ':'),
  parameters: fc.oneof(fc.constant({ command: 'true' }), fc.dictionary(fc.string(), fc.jsonValue())),
  timezone: fc.constantFrom('UTC', 'Europe/Paris', 'Mars/Base', ''),
  status: fc.constantFrom('active', 'paused', 'success', 'failure', 'all', 'later'),
  include: fc.constantFrom('jobs', 'executions', 'both', 'nothing'),
  env: fc.dictionary(fc.string(), fc.string()),
  tags: fc.array(fc.string()),
  policies: fc.oneof(
    fc.constant({ timeoutMs: 1000, retries: { count: 1 } }),
    fc.dictionary(fc.string(), fc.jsonValue()),
  ),
  wait: fc.constantFrom(0, 0.01, 46, -1),
  active: fc.boolean(),
  testRun: fc.boolean(),
  skipValidation: fc.boolean(),
  fireOnce: fc.boolean(),
  page: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer()),
  limit: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer()),
  count: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer()),
};

/** Returns inputs for a tool of our MCP server. Most have the required fields, so that many pass the first check. */
export function inputFor({ input }: OwnTool): fc.Arbitrary<Record<string, unknown>> {
  const shape = input.shape as Readonly<Record<string, z.ZodType>>;
  const fields = Object.keys(shape);
  const requiredKeys = fields.filter((field) => shape[field]?.safeParse(undefined).success === false);
  const valueOf = (field: string): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 4, arbitrary: fitting[field] ?? fc.string() }, { weight: 1, arbitrary: fc.jsonValue() });
  const known = Object.fromEntries(fields.map((field) => [field, valueOf(field)]));
  const surplus = fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue()) },
  );
  const record = fc.oneof(
    { weight: 4, arbitrary: fc.record(known, { requiredKeys }) },
    { weight: 1, arbitrary: fc.record(known, { requiredKeys: [] }) },
  );
  return fc.tuple(record, surplus).map(([fitted, more]) => ({ ...more, ...fitted }));
}
