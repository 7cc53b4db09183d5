import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../contract/exit-codes.ts';
import { goldenWorld, session } from '../testing/cli-golden.ts';
import type { GoldenWorld } from '../testing/cli-golden.ts';
import { runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import { commandNames, loadCommand } from './command-table.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name.replaceAll(' ', '-')}.txt`);
const hidden = ['_timing-run', '_task-execute', '_task-start'];

/** More command lines than the examples in help. */
const more: Readonly<Record<string, readonly string[]>> = {
  create: [
    `create --name Once --schedule "tomorrow 9am" --tool shell:run --params '{"command":"true"}' --test-run`,
    `create --name Bad --schedule "every weekday at 9 sharpish" --tool shell:run --params '{"command":"true"}'`,
  ],
  get: ['get Long', 'get Nobody'],
  'quick-add': ['quick-add every hour: print "a: b"', 'quick-add every hour'],
  runs: ['runs --task Report'],
  trigger: ['trigger Report'],
  delete: ['delete Nobody'],
  next: ['next', 'next nowhere'],
  parse: ['parse 2026-12-24T18:00:00Z', 'parse every 45 minutes'],
  run: ['run schedule:nothing'],
};

const onWindows = process.platform === 'win32';
/** The golden files hold POSIX paths and the entries of a POSIX system. */
const skipped = onWindows ? ' (skipped on Windows: the golden files hold POSIX paths)' : '';

describe.skipIf(onWindows)(`the output of every command, for the examples of its help${skipped}`, () => {
  const { world } = eachInAWorld();

  it.each([...commandNames, ...hidden].map((name) => [name]))('%s', async (name) => {
    const command = await loadCommand(name);
    if (name === 'import') await runLine(world().application, ['export', '--out', 'schedule.ncp.json']);
    const examples = command?.examples.map(({ line }) => line) ?? [];
    const [first = ''] = examples;
    const asJson = command?.run === undefined || first.includes('--json') ? [] : [`${first} --json`];
    const text = await session(world(), [...examples, ...asJson, ...(more[name] ?? [])]);
    // The parser must accept every example, whatever the snapshot says.
    const refused = text.split('\n\n$ ').filter((part) => part.includes(`See \`ncp-scheduler ${name} --help\``));
    for (const part of refused) expect(examples).not.toContain(lineOf(part));
    await expect(text).toMatchFileSnapshot(golden(name));
  });
});

const lineOf = (part: string): string => (part.split('\n')[0] ?? '').replace(/^(\$ )?ncp-scheduler /, '');

describe.skipIf(onWindows)(`the output in other environments${skipped}`, () => {
  const { world } = eachInAWorld();
  const lines = ['list', 'get Backup', 'groups', 'runs', 'doctor', 'why Backup'];
  const terminal = { isTerminal: true, columns: 100, timezone: 'Europe/Paris' };

  it('on a terminal: tables that fit, local times', async () => {
    await expect(await session(world(), lines, { ...terminal, env: { NO_COLOR: '1' } })).toMatchFileSnapshot(
      golden('on a terminal'),
    );
  });

  it('on a narrow terminal with colours', async () => {
    await expect(await session(world(), lines, { ...terminal, columns: 60 })).toMatchFileSnapshot(
      golden('on a narrow terminal'),
    );
  });

  it('wide characters in names', async () => {
    await runLine(world().application, ['quick-add', '--name', '備份 📦', 'every hour: true']);
    const text = `${await session(world(), ['list'])}\n${await session(world(), ['list'], { ...terminal, env: { NO_COLOR: '1' } })}`;
    await expect(text).toMatchFileSnapshot(golden('wide names'));
  });

  it('every exit code', async () => {
    const done = await session(world(), ['pause Backup', 'trigger Report', 'lst', 'get Nobody']);
    world().application.store.setState({ state: 'read-only', message: 'schedule.json is newer than this version.' });
    const readOnly = await session(world(), ['pause Backup', 'pause Backup --json']);
    world().application.store.setState({ state: 'ok' });
    world().application.os.refuse('the user manager is away');
    const refused = await session(world(), [`quick-add "every hour: true"`, `quick-add "every hour: true" --json`]);
    const text = [done, readOnly, refused].join('\n');
    for (const code of Object.values(exitCodes)) expect(text).toContain(`[exit code ${code}]`);
    await expect(text).toMatchFileSnapshot(golden('exit codes'));
  });
});

describe('help', () => {
  const application = memoryApplication();
  afterAll(() => application.dispose());

  it.each([...commandNames, ...hidden].map((name) => [name]))('of %s', async (name) => {
    const { stdout } = await runLine(application, [...name.split(' '), '--help']);
    await expect(stdout).toMatchFileSnapshot(golden(`help/${name}`));
  });
});

function eachInAWorld(): { world(): GoldenWorld } {
  let world: GoldenWorld;
  let ticking: NodeJS.Timeout;
  const home = process.cwd();
  let folder: string;
  beforeEach(async () => {
    // Examples write files to the working directory.
    folder = mkdtempSync(join(tmpdir(), 'ncp-golden-'));
    process.chdir(folder);
    world = await goldenWorld();
    const { clock, ledger } = world.application;
    // `cancel` polls by this clock, which advances only once the run has ended.
    ticking = setInterval(() => ledger.running().length === 0 && clock.advance(1000), 5);
  });
  afterEach(() => {
    clearInterval(ticking);
    process.chdir(home);
    rmSync(folder, { recursive: true });
    world.application.dispose();
  });
  return { world: () => world };
}
