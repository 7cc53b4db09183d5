import { connectAgent, useTool } from '../fixtures/agent.ts';
import { expect, test } from '../fixtures/app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

/** Changes normally appear within a second; a busy test machine may need longer. */
const SEEN_WITHIN_MS = 10_000;
const shell = { tool: 'shell:run', parameters: { command: 'true' } };

test('window, command line and agent change one store at the same time: each sees the others, nothing is lost', async ({
  scene,
  nodeCli,
}) => {
  scene.configure({
    osScheduler: 'in-process',
    agents: { permission: 'allow', maxTasks: 50, runsPerHour: 30, clients: {} },
  });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const agent = await connectAgent(scene);
  const namesOfAgent = async (): Promise<string[]> => {
    const { tasks } = await useTool(agent, 'list', { limit: 100 });
    return (tasks as { name: string }[]).map(({ name }) => name).sort();
  };
  const namesOfShell = async (): Promise<string[]> => (await nodeCli.tasks()).map(({ name }) => name).sort();
  const create = (name: string, schedule: string) => useTool(agent, 'create', { name, schedule, ...shell });
  const inWindow = (name: string) => window.page.getByText(name, { exact: true }).first();
  try {
    await window.open('Tasks');

    await test.step('each sees the changes of the others', async () => {
      await nodeCli.createShellTask('Of the shell', '0 3 * * *', 'true');
      await create('Of the agent', '0 4 * * *');
      await window.createTask({ name: 'Of the window', schedule: '0 5 * * *', tool: 'shell:run', command: 'true' });
      const all = ['Of the agent', 'Of the shell', 'Of the window'];
      for (const name of all) await expect(inWindow(name)).toBeVisible({ timeout: SEEN_WITHIN_MS });
      expect(await namesOfAgent()).toEqual(all);
      expect(await namesOfShell()).toEqual(all);
    });

    await test.step('no change is lost if all three make changes at the same time', async () => {
      const numbers = [1, 2, 3, 4];
      await Promise.all([
        ...numbers.map((number) => nodeCli.createShellTask(`shell ${number}`, '0 3 * * *', 'true')),
        ...numbers.map((number) => create(`agent ${number}`, '0 3 * * *')),
        (async () => {
          for (const number of numbers)
            await window.createTask({
              ...{ name: `window ${number}`, schedule: '0 3 * * *', tool: 'shell:run', command: 'true' },
            });
        })(),
        useTool(agent, 'pause', { job_id: 'Of the shell' }),
        nodeCli.json('pause', 'Of the window'),
      ]);
      const wanted = numbers.flatMap((number) => [`agent ${number}`, `shell ${number}`, `window ${number}`]);
      const all = [...wanted, 'Of the agent', 'Of the shell', 'Of the window'].sort();
      await until('the agent sees all', async () => String(await namesOfAgent()) === String(all), SEEN_WITHIN_MS);
      expect(await namesOfShell()).toEqual(all);
      for (const name of all) await expect(inWindow(name)).toBeVisible({ timeout: SEEN_WITHIN_MS });
      const paused = (await nodeCli.tasks()).filter(({ status }) => status === 'paused').map(({ name }) => name);
      expect(paused.sort()).toEqual(['Of the shell', 'Of the window']);
      await app.picture(window.page, 'all');
    });

    await test.step('a task that the agent deletes disappears from the window', async () => {
      await useTool(agent, 'delete', { job_id: 'Of the agent' });
      await expect(inWindow('Of the agent')).toBeHidden({ timeout: SEEN_WITHIN_MS });
    });
  } finally {
    await agent.close();
  }
});
