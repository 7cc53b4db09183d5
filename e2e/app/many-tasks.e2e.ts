import { expect, test } from '../fixtures/app.ts';

const COUNT = 50;

test('50 MCP tasks in one group: 50 outcomes, 50 ledger rows, correct counts', async ({ scene, nodeCli }) => {
  test.setTimeout(300_000);
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const schedule = '17 3 9 2 *';
  for (let first = 0; first < COUNT; first += 5) {
    const batch = Array.from({ length: 5 }, (_, index) => `Listing ${first + index + 1}`);
    const parameters = { path: scene.files };
    await Promise.all(batch.map((name) => nodeCli.createTask(name, schedule, 'filesystem:list_directory', parameters)));
  }
  const [timing, ...others] = await nodeCli.timings();
  expect(others).toEqual([]);
  expect(timing?.taskIds).toHaveLength(COUNT);
  const timingId = timing?.id ?? '';
  const slot = (await nodeCli.json<{ slots: string[] }>('next', timingId, '--count', '1')).slots[0] ?? '';

  const fired = await nodeCli.json<{ executions: { status: string }[] }>('_timing-run', timingId, '--slot', slot);
  expect(fired.executions.map((execution) => execution.status)).toEqual(Array(COUNT).fill('success'));

  const executions = await nodeCli.executions();
  expect(executions).toHaveLength(COUNT);
  expect(new Set(executions.map((execution) => execution.taskId)).size).toBe(COUNT);
  for (const execution of executions) {
    expect(execution).toMatchObject({ status: 'success', slot, trigger: 'schedule', attempt: 1 });
    expect(JSON.stringify(execution.result)).toContain('gamma.txt');
  }
  const tasks = await nodeCli.tasks();
  expect(tasks.map((task) => task.executionCount)).toEqual(Array(COUNT).fill(1));
  expect(tasks.map((task) => task.running)).toEqual(Array(COUNT).fill(0));

  // Firing the same slot again runs nothing.
  const again = await nodeCli.json<{ executions: unknown[] }>('_timing-run', timingId, '--slot', slot);
  expect(again.executions).toEqual([]);
  expect(await nodeCli.executions()).toHaveLength(COUNT);
  await app.picture(await app.window(), 'fifty-tasks');
});
