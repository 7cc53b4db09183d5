import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Execution } from '../../main/contract/execution.ts';
import { expect, test } from '../fixtures/app.ts';
import type { CommandLine } from '../fixtures/command-line.ts';
import { MainWindow } from '../pages/main-window.ts';

const server = (name: string) => ({
  command: process.execPath,
  args: [resolve(import.meta.dirname, '../fixtures/mcp-servers', `${name}.mjs`)],
});

const YEARLY = '0 0 1 1 *';

/** Creates a task with `--skip-validation`, so that the run itself fails and not the validation, and runs it. */
async function runOnce(
  cli: CommandLine,
  tool: string,
  parameters: Record<string, unknown>,
  ...options: string[]
): Promise<{ execution: Execution; log: string; exitCode: number | null }> {
  const task = await cli.createTask('Bad input', YEARLY, tool, parameters, '--skip-validation', ...options);
  const result = await cli.run('trigger', task.id, '--json');
  const { execution } = JSON.parse(result.stdout) as { execution: Execution };
  return { execution, log: await cli.log(execution.executionId), exitCode: result.exitCode };
}

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test.describe('input refused before anything is saved', () => {
  const cases: { title: string; args: string[]; names: RegExp }[] = [
    { title: 'a tool without a server', args: ['--tool', 'frobnicate', '--params', '{}'], names: /server:tool/ },
    { title: 'an unknown server', args: ['--tool', 'nosuch:tool', '--params', '{}'], names: /nosuch/ },
    { title: 'malformed JSON', args: ['--tool', 'shell:run', '--params', '{"command": '], names: /JSON/ },
    {
      title: 'parameters of the wrong type',
      args: ['--tool', 'shell:run', '--params', '{"command": 7}'],
      names: /command/,
    },
  ];
  for (const { title, args, names } of cases) {
    test(title, async ({ cli, nodeCli }) => {
      for (const one of [cli, nodeCli]) {
        const refused = await one.failure('create', '--name', 'Bad', '--schedule', YEARLY, ...args);
        expect(refused).toMatchObject({ exitCode: 2 });
        expect(refused.message).toMatch(names);
      }
      expect(await nodeCli.tasks()).toEqual([]);
    });
  }

  for (const [title, schedule, timezone, names] of [
    ['an unknown zone', YEARLY, 'Mars/Olympus', /Mars\/Olympus/],
    ['a cron expression that never matches', '0 0 31 2 *', 'UTC', /never|31/],
    ['a cron expression with seconds', '30 0 9 * * 1', 'UTC', /six|second/i],
    ['words that are not a schedule', 'whenever it rains', 'UTC', /rains/],
    ['a past instant', '2020-01-01T00:00:00.000Z', 'UTC', /passed/],
  ] as const) {
    test(title, async ({ nodeCli }) => {
      const what = ['--name', 'Bad', '--tool', 'shell:run', '--params', '{"command":"true"}'];
      const refused = await nodeCli.failure('create', ...what, '--schedule', schedule, '--timezone', timezone);
      expect(refused).toMatchObject({ exitCode: 2 });
      expect(refused.message).toMatch(names);
      expect(await nodeCli.tasks()).toEqual([]);
    });
  }
});

test.describe('a run that fails with the reason', () => {
  test('a command not found', async ({ nodeCli }) => {
    const { execution, log, exitCode } = await runOnce(nodeCli, 'shell:run', { command: 'no-such-program --now' });
    expect(exitCode).toBe(1);
    expect(execution).toMatchObject({ status: 'failure', exitCode: 127 });
    expect(execution.error?.message).toContain('no-such-program');
    expect(log).toContain('no-such-program');
  });

  test('a tool that its server does not have', async ({ nodeCli }) => {
    const { execution } = await runOnce(nodeCli, 'filesystem:nosuch', {});
    expect(execution.status).toBe('failure');
    expect(execution.error?.message).toContain('nosuch');
  });

  test('a missing working directory', async ({ nodeCli }) => {
    const missing = '/tmp/ncp-no-such-folder';
    const { execution } = await runOnce(nodeCli, 'shell:run', { command: 'true' }, '--cwd', missing);
    expect(execution.status).toBe('failure');
    expect(execution.error?.message).toContain(missing);
  });

  test('an MCP server that does not start', async ({ scene, nodeCli }) => {
    scene.configure({ osScheduler: 'in-process', mcpServers: { absent: { command: '/no/such/server' } } });
    const { execution } = await runOnce(nodeCli, 'absent:anything', {});
    expect(execution.status).toBe('failure');
    expect(execution.error?.message).toContain('/no/such/server');
  });

  test('an MCP server that exits early', async ({ scene, nodeCli }) => {
    scene.configure({ osScheduler: 'in-process', mcpServers: { early: server('exits-early') } });
    const { execution, log } = await runOnce(nodeCli, 'early:anything', {});
    expect(execution.status).toBe('failure');
    expect(execution.error?.message).toMatch(/early/);
    expect(log).toContain('configuration file not found: /etc/example.toml');
  });

  test('an MCP server that prints garbage', async ({ scene, nodeCli }) => {
    scene.configure({ osScheduler: 'in-process', mcpServers: { garbage: server('prints-garbage') } });
    const { execution, log } = await runOnce(nodeCli, 'garbage:anything', {}, '--timeout', '4s');
    expect(['failure', 'timeout']).toContain(execution.status);
    expect(execution.error?.message).toMatch(/garbage/);
    expect(log).toContain('Welcome to the server!');
  });

  test('an MCP server that never answers', async ({ scene, nodeCli }) => {
    scene.configure({ osScheduler: 'in-process', mcpServers: { silent: server('never-answers') } });
    const { execution, log } = await runOnce(nodeCli, 'silent:anything', {}, '--timeout', '3s');
    expect(execution.status).toBe('timeout');
    expect(execution.error?.message).toMatch(/3 ?s|3 seconds|3000/);
    expect(log).toContain('listening');
  });
});

test('the window shows the error beside its field, keeps what was typed, and saves once it is valid', async ({
  scene,
  nodeCli,
}) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.name.fill('Report');
  await editor.chooseTool('shell:run');
  await editor.command.fill('echo report');
  await editor.schedule.fill('every blue moon');
  await editor.button('Save').click();
  await expect(editor.dialog.getByText(/blue moon|blue/).last()).toBeVisible();
  await expect(editor.schedule).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.command).toHaveValue('echo report');
  await app.picture(window.page, 'not-understood');
  expect(await nodeCli.tasks()).toEqual([]);
  await editor.schedule.fill('every monday at 9am');
  await expect(editor.nextRuns).toHaveCount(5);
  await editor.save();
  expect((await nodeCli.tasks()).map((task) => task.cronExpression)).toEqual(['0 9 * * 1']);
});

test('a broken schedule.json is never overwritten, and the app says so', async ({ scene, nodeCli }) => {
  await nodeCli.createShellTask('Kept', YEARLY, 'true');
  const file = join(scene.dataDir, 'schedule.json');
  expect(existsSync(file)).toBe(true);
  const broken = readFileSync(file, 'utf8').slice(0, -20);
  writeFileSync(file, broken);
  const refused = await nodeCli.failure(
    'create',
    '--name',
    'x',
    '--schedule',
    YEARLY,
    '--tool',
    'shell:run',
    '--params',
    '{"command":"true"}',
  );
  expect(refused.exitCode).toBe(4);
  const app = await scene.launch();
  const page = await app.window();
  await expect(page.getByText(/schedule\.json/).first()).toBeVisible();
  await app.picture(page, 'read-only');
  expect(readFileSync(file, 'utf8')).toBe(broken);
});
