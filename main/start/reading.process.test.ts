import { chmodSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtCommandLine } from '../testing/built-command-line.ts';

const reading: readonly (readonly string[])[] = [
  ['list'],
  ['groups'],
  ['runs'],
  ['history'],
  ['backups'],
  ['proposals'],
  ['agents', 'list'],
  ['os', 'list'],
  ['parse', 'every day at 9am'],
  ['next', '--cron', '0 9 * * *'],
  ['export'],
  ['doctor'],
];

function commandLine() {
  const cli = builtCommandLine();
  onTestFinished(() => cli.dispose());
  return cli;
}

/** Returns every name, mode and content below a folder. */
function stateOf(folder: string): unknown {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stats = statSync(join(folder, name));
      return [name, stats.mode, stats.isFile() ? readFileSync(join(folder, name), 'base64') : null];
    });
}

it('commands that only read create no data directory, and show that there are no tasks', async () => {
  const cli = commandLine();
  const missing = join(cli.dataDir, 'a', 'b');
  for (const argv of reading) {
    const { answer } = await cli.json('--data-dir', missing, ...argv);
    expect([argv, answer]).toMatchObject([argv, { ok: true }]);
    expect([argv, existsSync(join(missing, '..'))]).toEqual([argv, false]);
  }
  expect((await cli.json('--data-dir', missing, 'get', 'x')).answer).toMatchObject({
    error: { code: 'task/not-found' },
  });
  expect((await cli.json('--data-dir', missing, 'why', 'x')).answer).toMatchObject({
    error: { code: 'task/not-found' },
  });
  expect((await cli.json('--data-dir', missing, 'list')).answer).toMatchObject({ tasks: [] });
  expect(existsSync(join(missing, '..'))).toBe(false);
});

it('commands that only read change neither the mode nor a file of an existing data directory; a change closes it', async () => {
  const cli = commandLine();
  const create = [
    'create',
    '--name',
    'A',
    '--schedule',
    'every day at 9am',
    '--tool',
    'shell:run',
    '--params',
    '{"command":"true"}',
  ];
  expect(await cli.run(...create)).toMatchObject({ code: 0 });
  // The first export stores the key in the ledger by which an import recognizes it.
  expect(await cli.run('export')).toMatchObject({ code: 0 });
  chmodSync(cli.dataDir, 0o755);
  const before = stateOf(cli.dataDir);
  for (const argv of [...reading, ['get', 'A'], ['why', 'A']]) {
    expect([argv, (await cli.json(...argv)).answer]).toMatchObject([argv, { ok: true }]);
    expect([argv, stateOf(cli.dataDir)]).toEqual([argv, before]);
  }
  expect(statSync(cli.dataDir).mode & 0o777).toBe(0o755);
  expect(await cli.run('pause', 'A')).toMatchObject({ code: 0 });
  expect(statSync(cli.dataDir).mode & 0o777).toBe(0o700);
});
