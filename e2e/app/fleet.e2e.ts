import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { noPostgres, startPostgres } from '../../main/testing/postgres-server.ts';
import { expect, test } from '../fixtures/app.ts';
import { CommandLine } from '../fixtures/command-line.ts';

test('the packaged app changes a shared task for another member, without a window', async ({ scene, cli }) => {
  test.skip(noPostgres() !== null, String(noPostgres()));
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
