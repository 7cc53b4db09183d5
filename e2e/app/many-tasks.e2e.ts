import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';

const COUNT = 50;

interface Exported {
  schedule: { tasks: Record<string, { id: string; name: string }> };
}

/** Fills the exported file with copies of the task, since 50 commands would take minutes beside other tests. */
function multiply(file: string, id: string): void {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Exported;
  const { tasks } = document.schedule;
  const original = tasks[id];
  if (original === undefined) throw new Error(`${file} has no task ${id}`);
  for (let number = 2; number <= COUNT; number++) {
    const copy = { ...original, id: randomUUID(), name: `Listing ${number}` };
    tasks[copy.id] = copy;
  }
  writeFileSync(file, JSON.stringify(document));
}

test('50 MCP tasks in one group: 50 outcomes, 50 ledger rows, correct counts', async ({ scene, nodeCli }) => {
  test.setTimeout(480_000);
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const first = await nodeCli.createTask('Listing 1', '17 3 9 2 *', 'filesystem:list_directory', { path: scene.files });
  const file = join(scene.folder, 'fifty.json');
  await nodeCli.json('export', '--out', file);
  multiply(file, first.id);
  await nodeCli.json('import', file, '--keep-active');
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
