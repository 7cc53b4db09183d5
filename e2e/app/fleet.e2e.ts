import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SlotRecord } from '../../main/contract/execution.ts';
import { noPostgres, startPostgres } from '../../main/testing/postgres-server.ts';
import { expect, test, type Scene } from '../fixtures/app.ts';
import { CommandLine } from '../fixtures/command-line.ts';
import { headlessEntry } from '../fixtures/packaged-app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.skip(noPostgres() !== null, String(noPostgres()));

test('the packaged app changes a shared task for another member, without a window', async ({ scene, cli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const otherDir = join(scene.folder, 'other');
  mkdirSync(otherDir);
  const other = new CommandLine('headless', otherDir, scene.env);
  const server = await startPostgres();
  try {
    await server.sql('create database ncp');
    const url = server.url('ncp');
    await cli.json('fleet', 'init', url);
    await cli.json('fleet', 'join', url, '--name', 'laptop');
    await other.json('fleet', 'join', url, '--name', 'server', '--accept', 'all');
    await cli.createShellTask('Count', 'every day at 9am', 'true', '--runs-on', 'one');
    const seen = async () => {
      await other.json('fleet', 'status');
      return (await other.tasks()).map(({ name, status }) => `${name} ${status}`);
    };
    expect(await seen()).toEqual(['Count active']);
    // The address of the database is encrypted with a key that Electron opens only once it is ready.
    await cli.json('pause', 'Count');
    expect(await seen()).toEqual(['Count paused']);
    await cli.json('delete', 'Count');
    expect(await seen()).toEqual([]);
  } finally {
    await server.dispose();
  }
});

test('a task made in the window runs on the member with the tag; its log is read here; another member takes it over', async ({
  scene,
  cli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const database = await startPostgres();
  const members: Member[] = [];
  try {
    await database.sql('create database ncp');
    const url = database.url('ncp');
    await cli.json('fleet', 'init', url, '--lease', '5s');
    await cli.json('fleet', 'join', url, '--name', 'laptop');
    for (const name of ['server', 'rack']) members.push(await Member.join(scene, url, name));
    const [server, rack] = members;
    if (server === undefined || rack === undefined) throw new Error('two members were expected');
    server.serve();

    const app = await scene.launch();
    const window = new MainWindow(await app.window());
    const editor = await window.newTask();
    const command = 'if [ "$NCP_ATTEMPT" = 1 ]; then echo epoch 1; sleep 600; else echo trained; fi';
    await editor.fill({ name: 'Train', schedule: 'every hour', tool: 'shell:run', command });
    await editor.dialog.getByLabel('Runs on', { exact: true }).selectOption('one');
    await editor.dialog.getByLabel('With all of these tags').fill('gpu,');
    await editor.dialog.getByRole('button', { name: 'Retries and failures' }).click();
    await editor.dialog.getByLabel('If the machine that runs it is lost').selectOption('take-over');
    await editor.button('Save').click();
    await expect(editor.dialog).toBeHidden();
    const { timingId } = await until('the server has it', async () =>
      (await server.cli.tasks()).find(({ name }) => name === 'Train'),
    );
    // A slot of the last hour, which nobody starts by itself.
    const slot = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000).toISOString();
    server.fire(timingId, slot);

    await window.open('Runs');
    await window.page.getByRole('radio', { name: 'All members' }).click();
    await window.page.getByRole('button', { name: 'Train on server: show the log' }).click({ timeout: 60_000 });
    const log = window.page.getByRole('dialog', { name: 'Train on server' });
    await expect(log.getByRole('log')).toContainText('epoch 1');
    await expect(log.getByRole('status')).toBeVisible();
    await app.picture(window.page, 'log-of-another-member');
    await log.getByRole('button', { name: 'Close' }).click();

    server.kill();
    rack.serve();
    await window.page.getByRole('button', { name: 'Train on rack: show the log' }).click({ timeout: 60_000 });
    await expect(window.page.getByRole('dialog', { name: 'Train on rack' }).getByRole('log')).toContainText('trained');
    await app.picture(window.page, 'taken-over');
    const { slots } = await cli.json<{ slots: SlotRecord[] }>('why', 'Train', '--since', '3h');
    expect(slots.find((record) => record.slot === slot)?.detail).toBe(
      'server was lost while it ran (no sign of life); then ran on rack',
    );
  } finally {
    for (const member of members) member.kill();
    await database.dispose();
  }
});

/** A machine without a window. */
class Member {
  readonly cli: CommandLine;
  readonly #dataDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #serve: ChildProcess | null = null;

  private constructor(scene: Scene, name: string) {
    this.#dataDir = join(scene.folder, name);
    this.#env = scene.env;
    mkdirSync(this.#dataDir);
    writeFileSync(join(this.#dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process' }));
    this.cli = new CommandLine('headless', this.#dataDir, scene.env);
  }

  /** Joins with the tag `gpu`, and accepts everybody that is there. */
  static async join(scene: Scene, url: string, name: string): Promise<Member> {
    const member = new Member(scene, name);
    await member.cli.json('fleet', 'join', url, '--name', name, '--tags', 'gpu', '--accept', 'all');
    return member;
  }

  serve(): void {
    this.#serve = this.#start('serve');
  }

  /** Starts a slot, without waiting for its run. */
  fire(group: string, slot: string): void {
    this.#start('_timing-run', group, '--slot', slot);
  }

  kill(): void {
    this.#serve?.kill('SIGKILL');
  }

  #start(...args: string[]): ChildProcess {
    const argv = [headlessEntry, ...args, '--data-dir', this.#dataDir];
    return spawn(process.execPath, argv, { env: this.#env, stdio: 'ignore' });
  }
}
