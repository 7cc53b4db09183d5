import fc from 'fast-check';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scheduleFileSchema } from '../contract/task.ts';
import type { ControlClient } from '../ports/control.ts';
import { connectClient } from '../testing/mcp-harness.ts';
import type { ConnectedClient } from '../testing/mcp-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';
import type { OwnTool } from './own-tool.ts';
import { ownTools } from './tool-table.ts';

const runs = 200;
let application: MemoryApplication;
let connected: ConnectedClient;

beforeAll(async () => {
  application = memoryApplication();
  application.setPrimary(primaryOf(application));
  connected = await connectClient(application, { permission: 'allow' });
  (await application.agents()).clients.change('Test Agent', { maxTasks: 10_000, runsPerHour: 10_000 }, 'test');
  await (await application.tasks()).create(seed, 'test');
});
afterAll(async () => {
  await connected.close();
  application.dispose();
});

const seed = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };

/** Values that fit a field of this name, and values that do not. */
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

/** Mostly with the required fields, so that much of it gets past the first check. */
function inputFor({ input }: OwnTool): fc.Arbitrary<Record<string, unknown>> {
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

describe.each(ownTools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it(`answers ${runs} inputs of any kind with a result or a tool error`, async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 0x7fff0000));
    console.log(`schedule:${name}: TEST_SEED=${seed}`);
    await fc.assert(
      fc.asyncProperty(inputFor(tool), async (input) => {
        // The client checks structured content against the published output schema, and rejects what does not fit.
        const result = await connected.client.callTool({ name, arguments: input });
        expect(result.content).not.toEqual([]);
        expect(connected.problems.splice(0)).toEqual([]);
        expectWholeTasks(application);
      }),
      { numRuns: runs, seed },
    );
  });
});

/** Every task is in exactly the group it names, every group has tasks, and the OS has an entry for each that wants one. */
function expectWholeTasks({ store, os }: MemoryApplication): void {
  const file = scheduleFileSchema.parse(store.read());
  for (const task of Object.values(file.tasks)) expect(file.timings[task.timingId]?.taskIds).toContain(task.id);
  for (const timing of Object.values(file.timings)) {
    expect(timing.taskIds.length).toBeGreaterThan(0);
    const active = timing.taskIds.some((id) => file.tasks[id]?.status === 'active');
    expect(os.installed.has(timing.id), `entry of ${timing.id}`).toBe(active);
  }
  for (const installed of os.installed.keys()) expect(file.timings).toHaveProperty([installed]);
}

/** A primary that runs in this process: the server hands its runs over. */
function primaryOf(application: MemoryApplication): ControlClient {
  return {
    primary: { pid: 1, version: '1.2.3' },
    call: async (method, params) => {
      const executor = await application.runs();
      if (method === 'execution.cancel') {
        const execution = await executor.cancel((params as { executionId: string }).executionId);
        return { execution } as never;
      }
      const run = await executor.runTask((params as { taskId: string }).taskId, 'manual');
      return { execution: await run.finished } as never;
    },
    close: () => undefined,
  };
}
