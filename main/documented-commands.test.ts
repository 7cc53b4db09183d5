import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandGroups, loadCommand } from './cli/command-table.ts';
import { globalOptions, splitCommand } from './cli/arguments.ts';
import { goldenWorld } from './testing/cli-golden.ts';
import type { GoldenWorld } from './testing/cli-golden.ts';
import { runLine } from './testing/cli-harness.ts';
import { inlineCommands, shellBlocks } from './testing/documents/shell-lines.ts';
import type { ShellLine } from './testing/documents/shell-lines.ts';
import { connectClient } from './testing/mcp-harness.ts';

// Runs what the documents tell people to type, from the text itself. docs/cli.md is left out: it is written from the
// examples that main/cli/golden.test.ts runs.

const root = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'cli.md')
    .map((name) => `docs/${name}`),
];
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> };

/** Programs that this test does not start, and why. */
const notStarted: Readonly<Record<string, string>> = {
  cd: 'follows `git clone`',
  claude: 'changes the settings of another program',
  codex: 'changes the settings of another program',
  crontab: 'its output is given to the next program by the test',
  git: 'clones from a network',
  jq: 'is not on every machine',
  npm: 'installs from a network, or starts a script, whose name is checked',
  sudo: 'installs a package: scripts/linux/deb.root.test.ts',
  tar: 'unpacks a package that the test does not have',
};

/** Files that the documents name, as a reader would have them. */
const files: Readonly<Record<string, string>> = {
  'report.json': '{"command":"true"}',
  'cronjobs.yaml':
    'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: "0 9 * * *"\n  timeZone: UTC\n',
  '.github/workflows/night.yml': 'on:\n  schedule:\n    - cron: "7 3 * * *"\njobs: {}\n',
};

/** What a reader has done before a block, by the start of its first line. */
const before: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'ncp-scheduler create --name "Ping"': [['delete', 'Ping']],
  'ncp-scheduler alerts add-rule': [['alerts', 'add', 'ops', '--kind', 'webhook', '--url', 'https://example.org/hook']],
  'ncp-scheduler alerts digest': [
    ['alerts', 'add', 'mail', '--kind', 'webhook', '--url', 'https://example.org/mail'],
    ['alerts', 'add', 'ops', '--kind', 'webhook', '--url', 'https://example.org/hook'],
  ],
  'ncp-scheduler calendars add Bavaria': [
    ['delete', 'Report'],
    ['update', 'Ping', '--name', 'Payroll'],
  ],
  'ncp-scheduler share Backup': [
    ['fleet', 'init', 'postgresql://ncp@db.example.org/ncp'],
    ['fleet', 'join', 'postgresql://ncp@db.example.org/ncp', '--name', 'laptop'],
  ],
  'ncp-scheduler update Backup --fail-if-output': [['update', 'Ping', '--name', 'Ping the shop']],
};

async function prepared(block: readonly ShellLine[]): Promise<GoldenWorld> {
  const world = await goldenWorld();
  const start = Object.keys(before).find((line) => block[0]?.text.startsWith(line)) ?? '';
  for (const argv of before[start] ?? []) {
    const { code, stderr } = await runLine(world.application, argv);
    expect(code, stderr).toBe(0);
  }
  return world;
}

describe.each(documents)('%s', (file) => {
  const blocks = shellBlocks(file, textOf(file));

  it.each(blocks.map((block) => [block[0]?.place ?? '', block] as const))(
    'the commands from %s on work',
    async (_, block) => {
      const home = process.cwd();
      const folder = mkdtempSync(join(tmpdir(), 'ncp-documented-'));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(folder, dirname(name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      const world = await prepared(block);
      const { application } = world;
      // A command that waits for a run polls by this clock, which advances only once the run has ended.
      const ticking = setInterval(
        () => application.ledger.running().length === 0 && application.clock.advance(1000),
        5,
      );
      process.chdir(folder);
      try {
        for (const line of block) await follow(line, world);
      } finally {
        clearInterval(ticking);
        process.chdir(home);
        rmSync(folder, { recursive: true });
        application.dispose();
      }
    },
  );

  it('names no command, option or script that does not exist', async () => {
    const problems: string[] = [];
    for (const { place, programs } of inlineCommands(file, textOf(file))) {
      for (const words of programs) problems.push(...(await unknownIn(words)).map((what) => `${place}: ${what}`));
    }
    expect(problems).toEqual([]);
  });
});

async function follow({ place, text, programs }: ShellLine, world: GoldenWorld): Promise<void> {
  for (const [program = '', ...argv] of programs) {
    if (program !== 'ncp-scheduler') {
      expect(Object.keys(notStarted), `${place}: start ${program}, or say why not`).toContain(program);
      expect(await unknownIn([program, ...argv]), place).toEqual([]);
      continue;
    }
    const { code, stdout, stderr } = await runLine(
      world.application,
      await withRealIds(argv, world),
      surroundings(argv),
    );
    expect(code, `${place}: ${text}\n${stdout}${stderr}`).toBe(0);
  }
}

/** What a person answers, and when they end a command that runs until then. */
function surroundings(argv: readonly string[]) {
  const changesClient = argv[0] === 'mcp' && (argv.includes('--install') || argv.includes('--uninstall'));
  const lasts = argv[0] === 'serve' || (argv[0] === 'mcp' && !changesClient) || argv.includes('--follow');
  const asks = argv[0] === 'uninstall' || changesClient;
  return {
    ...(lasts ? { stop: AbortSignal.abort(), stopGraceMs: 120_000 } : {}),
    ...(asks ? { isTerminal: true, columns: 100, input: 'y\n' } : { input: '0 9 * * * true\n' }),
  };
}

/** Puts a proposal that an agent just made in place of the id in the text. `undo` gets something to undo. */
async function withRealIds(argv: readonly string[], { application }: GoldenWorld): Promise<string[]> {
  if (argv[0] === 'agents' && argv[1] === 'undo') {
    const name = argv[2] ?? '';
    (await application.agents()).clients.saw({ name, version: '1.0' });
    await (await application.tasks()).update('Backup', { description: 'Changed' }, `mcp:${name}@1.0`);
  }
  if (!argv.includes('3f2a9c1b07')) return [...argv];
  const { client, close } = await connectClient(application);
  const task = { name: 'Asked', schedule: 'every day at 7am', tool: 'shell:run', parameters: { command: 'true' } };
  await client.callTool({ name: 'create', arguments: task });
  await close();
  const { stdout } = await runLine(application, ['proposals', '--json']);
  const id = /"id": "([^"]+)"/.exec(stdout)?.[1] ?? 'none';
  return argv.map((word) => (word === '3f2a9c1b07' ? id : word));
}

/** Returns the commands, options and scripts of a line that do not exist. Capitals and signs stand for what people fill in. `_remote` is no
 * command of the table: main/start/run-command-line.ts reads it. */
async function unknownIn([program = '', ...words]: readonly string[]): Promise<string[]> {
  if (program === 'npm') return unknownScript(words);
  if (program === 'node')
    return words[0]?.includes('/') === true && !existsSync(join(root, words[0])) ? [words[0]] : [];
  if (program !== 'ncp-scheduler') return [];
  const { name, rest } = splitCommand(words, (word) => commandGroups.includes(word));
  if (name === null || name === '_remote' || /[^a-z _-]/.test(name)) return [];
  const command = await loadCommand(name);
  if (command === null) return commandGroups.includes(name) ? [] : [`ncp-scheduler ${name}`];
  const known = { ...globalOptions, ...command.options };
  const given = rest.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).split(/[=|]/)[0] ?? '');
  return given.filter((option) => !Object.hasOwn(known, option)).map((option) => `ncp-scheduler ${name} --${option}`);
}

function unknownScript(words: readonly string[]): string[] {
  const [verb = '', ...rest] = words.filter((word) => !word.startsWith('-'));
  const script = verb === 'run' ? rest[0] : verb === 'test' || verb === 'start' ? verb : undefined;
  return script === undefined || Object.hasOwn(scripts, script) ? [] : [`npm run ${script}`];
}
