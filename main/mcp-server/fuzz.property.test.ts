import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../application/create-application.ts';
import { scheduleFileSchema } from '../contract/task.ts';
import type { TestDraft } from '../contract/test-run.ts';
import type { ControlClient } from '../ports/control.ts';
import { connectClient } from '../testing/mcp-harness.ts';
import type { ConnectedClient } from '../testing/mcp-harness.ts';
import { inputFor } from '../testing/mcp-inputs.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';
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

describe.each(ownTools.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it(`answers ${runs} inputs of any kind with a result or a tool error`, async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 0x7fff0000));
    console.log(`schedule:${name}: TEST_SEED=${seed}`);
    await fc.assert(
      fc.asyncProperty(inputFor(tool), async (input) => {
        // The client checks structured content against the published output schema and rejects a mismatch.
        const result = await connected.client.callTool({ name, arguments: input });
        expect(result.content).not.toEqual([]);
        expect(connected.problems.splice(0)).toEqual([]);
        expectWholeTasks(application);
      }),
      { numRuns: runs, seed },
    );
  });
});

/** Every task is in exactly the group it names, every group has tasks, and the OS has an entry for each that needs one. */
function expectWholeTasks({ store, os }: MemoryApplication): void {
  const file = scheduleFileSchema.parse(store.read());
  for (const task of Object.values(file.tasks)) expect(file.timings[task.timingId]?.taskIds).toContain(task.id);
  for (const timing of Object.values(file.timings)) {
    expect(timing.taskIds.length).toBeGreaterThan(0);
    // A pause with an end needs the entry, which ends the pause.
    const runsAgain = timing.taskIds.some((id) => {
      const { status, pausedUntil } = file.tasks[id] ?? {};
      return status === 'active' || (status === 'paused' && pausedUntil !== undefined);
    });
    expect(os.installed.has(timing.id), `entry of ${timing.id}`).toBe(runsAgain);
  }
  for (const installed of os.installed.keys()) expect(file.timings).toHaveProperty([installed]);
}

/** A primary over the same ports that finds no other one, to which the server hands its runs over. */
function primaryOf({ outside }: MemoryApplication): ControlClient {
  const alone = { ...outside.control, connect: () => Promise.resolve(null) };
  const primary = createApplication({ ...outside, control: alone });
  return {
    primary: { pid: 1, version: '1.2.3' },
    call: async (method, params) => {
      const executor = await primary.runs();
      if (method === 'execution.cancel') {
        const execution = await executor.cancel((params as { executionId: string }).executionId);
        return { execution } as never;
      }
      if (method === 'task.test' || method === 'task.test-approved') {
        return { execution: await executor.testDraft((params as { draft: TestDraft }).draft) } as never;
      }
      const { taskId } = params as { taskId: string };
      return { execution: await executor.trigger(taskId, { trigger: 'manual' }) } as never;
    },
    lost: false,
    close: () => undefined,
  };
}
