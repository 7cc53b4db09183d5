import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtCommandLine, headless, type BuiltCommandLine } from './testing/built-command-line.ts';
import { shellBlocks, type ShellLine } from './testing/documents/shell-lines.ts';

// A shell runs the blocks of the documents as they are, with the built program and a home of its own. What needs a network,
// root or another program is left out by its reason here; documented-commands.test.ts runs every line of the product over fakes.

const root = join(import.meta.dirname, '..');
/** Golden tests run the lines of docs/cli.md, and scripts/pack-npm.process.test.ts those of docs/npm.md. */
const elsewhere = ['cli.md', 'npm.md'];
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && !elsewhere.includes(name))
    .map((name) => `docs/${name}`),
];

/** Lines that are not run, and why, with the test that runs them where there is one. */
const notHere: readonly (readonly [RegExp, string])[] = [
  [/^(git clone|cd ncp-scheduler)/, 'clones from a network'],
  [/^npm (start|test|run)/, 'installs from a network, and opens a window or runs all tests, such as this one'],
  [/^sudo /, 'needs root: scripts/linux/deb.root.test.ts, rpm.root.test.ts'],
  [/^tar .*-linux-x64/, 'needs the packaged app: e2e/packaged/linux-packages.e2e.ts'],
  [/^(claude|codex) /, 'is a program that the machine may not have: scripts/agents/real-agents.process.test.ts'],
  [/(trigger|runs --task) Digest/, 'asks Claude Code: scripts/agents/real-agents.process.test.ts'],
  [/^ncp-scheduler serve --web$/, 'runs until it is stopped: scripts/pack-npm.process.test.ts'],
  [
    /^ncp-scheduler serve --(install|status|uninstall)/,
    'needs systemd: main/adapters/os-scheduler/service/systemd-service.os.test.ts',
  ],
  [/^ncp-scheduler (fleet|share) |--runs-on/, 'needs PostgreSQL: main/start/fleet.process.test.ts'],
  [/--on |^ncp-scheduler machines test/, 'needs another machine: main/start/remote/ssh.process.test.ts'],
  [/^ncp-scheduler alerts test/, 'needs a receiver: main/adapters/alerts/http-channels.test.ts'],
  [
    /^ncp-scheduler (approve|reject) |agents (set|revoke|undo)/,
    'needs an agent that asked: main/documented-commands.test.ts',
  ],
];

/** What a reader has done before a block, by the start of its first line. */
const before: Readonly<Record<string, readonly string[]>> = {
  'ncp-scheduler create --name "Ping"': ['delete Ping'],
  'ncp-scheduler alerts add-rule': ['alerts add ops --kind webhook --url https://example.org/hook'],
  'ncp-scheduler alerts digest': [
    'alerts add mail --kind webhook --url https://example.org/mail',
    'alerts add ops --kind webhook --url https://example.org/hook',
  ],
  'ncp-scheduler calendars add Bavaria': ['update Ping --name Payroll'],
  'ncp-scheduler update Backup --fail-if-output': ['update Ping --name "Ping the shop"'],
};

/** Files and folders that the documents name, as a reader would have them. */
const folders = ['project', 'site', 'etc/prometheus'];
const files: Readonly<Record<string, string>> = {
  'report.json': '{"command":"true"}',
  'cronjobs.yaml':
    'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: "0 9 * * *"\n  timeZone: UTC\n',
  '.profile': 'PATH="$HOME/bin:$PATH"\n',
  '.github/workflows/night.yml': 'on:\n  schedule:\n    - cron: "7 3 * * *"\njobs: {}\n',
};

/** Programs in place of those that would reach a network or the settings of the person who runs the test. */
const programs: Readonly<Record<string, string>> = {
  'ncp-scheduler': `exec '${process.execPath}' '${headless}' "$@"`,
  curl: 'echo ok',
  crontab: 'echo "0 9 * * * true"',
};

let reader: BuiltCommandLine;

beforeAll(async () => {
  reader = builtCommandLine();
  const task = ['--schedule', 'every day at 9am', '--tool', 'shell:run', '--params', '{"command":"true"}'];
  for (const name of ['Backup', 'Ping'])
    expect((await reader.run('create', '--name', name, ...task)).code, name).toBe(0);
  for (const folder of folders) mkdirSync(join(reader.home, folder), { recursive: true });
  const scripts = Object.entries(programs).map(([name, text]) => [`bin/${name}`, `#!/bin/sh\n${text}\n`] as const);
  for (const [name, text] of [...Object.entries(files), ...scripts]) {
    mkdirSync(join(reader.home, dirname(name)), { recursive: true });
    writeFileSync(join(reader.home, name), text, { mode: 0o755 });
  }
});
afterAll(() => reader.dispose());

const isRun = ({ text }: ShellLine): boolean => !notHere.some(([line]) => line.test(text));
const blocks = documents.flatMap((file) =>
  shellBlocks(file, readFileSync(join(root, file), 'utf8')).flatMap((block) => {
    const lines = block.filter(isRun);
    return lines.length === 0 ? [] : [{ place: block[0]?.place ?? '', first: block[0]?.text ?? '', lines }];
  }),
);

describe('in a shell', () => {
  it.each(blocks)('the block from $place on works', async ({ first, lines }) => {
    const home = builtCommandLine();
    onTestFinished(() => home.dispose());
    cpSync(reader.home, home.home, { recursive: true });
    const start = Object.keys(before).find((line) => first.startsWith(line)) ?? '';
    const prepared = (before[start] ?? []).map((line) => `ncp-scheduler ${line}`);
    const script = ['set -eo pipefail', ...prepared, ...lines.map(({ text }) => text)];
    const { code, output } = await inShell(home, script.join('\n'));
    expect(code, `${script.join('\n')}\n${output}`).toBe(0);
  });

  it('leaves out nothing that the documents no longer say', () => {
    const texts = documents.flatMap((file) => shellBlocks(file, readFileSync(join(root, file), 'utf8')).flat());
    const needless = notHere.filter(([line]) => !texts.some(({ text }) => line.test(text)));
    expect(needless).toEqual([]);
  });
});

/** Runs lines as a person types them: in a terminal where a command asks, and each question is answered with yes. */
async function inShell(
  { env, home }: BuiltCommandLine,
  script: string,
): Promise<{ code: number | null; output: string }> {
  const path = join(home, 'block.sh');
  // Files of the system are those of the sandbox.
  writeFileSync(path, script.replaceAll(/(?<=> )\/etc\//g, `${home}/etc/`));
  const asks = /^ncp-scheduler (uninstall|mcp --(un)?install)/m.test(script);
  const [program = '', ...args] = asks ? ['script', '-qec', `bash ${path}`, '/dev/null'] : ['bash', path];
  const child = spawn(program, args, {
    ...{ cwd: home, timeout: 300_000 },
    env: { ...env, PATH: `${join(home, 'bin')}:${env['PATH'] ?? ''}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (text.includes('[y/N] ')) child.stdin.write('y\n');
    });
  if (!asks) child.stdin.end();
  const code = await new Promise<number | null>((settle, reject) => child.once('error', reject).once('close', settle));
  return { code, output };
}
