import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtCommandLine, finished, headless, type BuiltCommandLine } from '../testing/built-command-line.ts';

/** What an agent's host, a terminal or a debugger could have in its environment. */
const caller = {
  ANTHROPIC_API_KEY: 'sk-ant-of-the-caller',
  DATABASE_URL: 'postgres://u:pw-of-the-caller@h/db',
  LD_PRELOAD: '/of-the-caller.so',
  NODE_PATH: '/of-the-caller',
  PLAIN: 'of-the-caller',
  TZ: 'Asia/Tokyo',
};

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine({ mcpServers: { probe: { command: 'sh', args: ['-c', 'env > "$HOME/server-env"'] } } });
  const lines = 'export FROM_PROFILE=yes PROFILE_TOKEN=tok-of-the-person\n';
  for (const name of ['.profile', '.bash_profile', '.zprofile']) writeFileSync(join(cli.home, name), lines);
});
afterEach(() => cli.dispose());

/** Runs a command as another program would start it. */
const runAs = (env: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  finished(spawn(process.execPath, [headless, ...argv, '--json'], { env: { ...cli.env, ...env } }));

async function create(): Promise<void> {
  const command = 'env > "$HOME/seen-$NCP_EXECUTION_ID"; tr "\\0" "\\n" < /proc/$PPID/environ > "$HOME/worker-env"';
  const params = JSON.stringify({ command });
  const created = await cli.run(
    'create',
    '--name',
    'e',
    '--schedule',
    'daily at 9am',
    '--tool',
    'shell:run',
    '--params',
    params,
  );
  expect(created.stderr).toBe('');
}

/** Starts the task with the environment of this caller, and returns what its command saw, without facts of the run. */
async function seenBy(env: Readonly<Record<string, string>>): Promise<string[]> {
  const { stdout } = await runAs(env, 'trigger', 'e');
  const { execution } = JSON.parse(stdout) as { execution: { executionId: string; status: string } };
  expect(execution.status).toBe('success');
  const lines = readFileSync(join(cli.home, `seen-${execution.executionId}`), 'utf8').split('\n');
  return lines.filter((line) => !line.startsWith('NCP_')).sort();
}

const everyFile = (): string =>
  readdirSync(cli.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('the environment of a task', () => {
  it('is the same by hand, from cron and from the running scheduler', async () => {
    await create();
    const first = await seenBy(caller);
    const fromCron = await seenBy({ PATH: '/usr/bin:/bin', SHELL: '/bin/sh', LOGNAME: 'x' });
    const serve = spawn(process.execPath, [headless, 'serve'], { env: { ...cli.env, ...caller, PLAIN: 'serve' } });
    await expect.poll(() => existsSync(join(cli.dataDir, 'control.sock')), { timeout: 30_000 }).toBe(true);
    const fromPrimary = await seenBy({});
    serve.kill('SIGTERM');
    await finished(serve);
    expect(first).toEqual(expect.arrayContaining(['FROM_PROFILE=yes', 'PROFILE_TOKEN=tok-of-the-person']));
    expect(fromCron).toEqual(first);
    expect(fromPrimary).toEqual(first);
  });

  it('and the files have nothing of the caller, and no secret of the person', async () => {
    await create();
    const seen = await seenBy(caller);
    expect(seen.filter((line) => /caller|Tokyo/.test(line))).toEqual([]);
    expect(readFileSync(join(cli.home, 'worker-env'), 'utf8')).not.toContain('of-the-caller');
    const file = join(cli.dataDir, 'login-environment.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('FROM_PROFILE');
    expect(readFileSync(file, 'utf8')).not.toContain('tok-of-the-person');
    expect(everyFile()).not.toContain('of-the-caller');
  });

  it('is also the environment of MCP servers', async () => {
    await runAs(caller, 'tools', 'probe');
    const seen = readFileSync(join(cli.home, 'server-env'), 'utf8');
    expect(seen).toContain('PROFILE_TOKEN=tok-of-the-person');
    expect(seen).not.toContain('of-the-caller');
  });
});
