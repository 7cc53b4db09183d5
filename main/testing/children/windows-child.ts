import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { connectControl } from '../../adapters/control/client.ts';
import { controlPath } from '../../adapters/control/control-path.ts';
import { listenControl } from '../../adapters/control/server.ts';
import { WindowsProcessTree } from '../../adapters/process/windows-process-tree.ts';
import { writeDurably } from '../../adapters/storage/durable-write.ts';
import type { ControlHandlers } from '../../ports/control.ts';

/** What one command of the product did. */
export interface CommandSeen {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What this program saw on Windows. */
export interface WindowsSeen {
  readonly files: {
    readonly refusal: string;
    readonly kept: string;
    readonly replaced: string;
    readonly left: string[];
  };
  readonly pipe: { readonly path: string; readonly version: string; readonly after: boolean };
  readonly tree: { readonly found: number; readonly left: number; readonly alive: boolean; readonly self: boolean };
  readonly commands: Readonly<Record<string, CommandSeen>>;
}

/** Uses the product on Windows: `windows-child.mjs FOLDER HEADLESS ANSWER`. Writes what it saw into the file ANSWER. */
async function main(): Promise<void> {
  const [folder = '', headless = '', answer = ''] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  const seen: WindowsSeen = {
    files: replaceOpenFile(folder),
    pipe: await reported('pipe', () => talkThroughPipe(folder)),
    tree: await reported('tree', killTree),
    commands: await reported('command line', () => useCommandLine(folder, headless)),
  };
  writeFileSync(answer, JSON.stringify(seen));
}

/** Says what begins, for the message of a test that ran out of time. */
async function reported<T>(name: string, act: () => T | Promise<T>): Promise<T> {
  process.stdout.write(`${name}\n`);
  return act();
}

/** Replaces a file while it is open, which Windows refuses, and then once more. */
function replaceOpenFile(folder: string): WindowsSeen['files'] {
  const path = join(folder, 'file.json');
  writeDurably(path, 'old');
  const handle = openSync(path, 'r');
  let refusal = 'none';
  try {
    writeDurably(path, 'new');
  } catch (error) {
    refusal = (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    closeSync(handle);
  }
  const kept = readFileSync(path, 'utf8');
  writeDurably(path, 'newer');
  return { refusal, kept, replaced: readFileSync(path, 'utf8'), left: readdirSync(folder) };
}

async function talkThroughPipe(folder: string): Promise<WindowsSeen['pipe']> {
  const path = controlPath(folder);
  const handlers = { ping: async () => ({ pid: process.pid, version: '1.2.3' }) } as Partial<ControlHandlers>;
  const server = await listenControl(path, handlers as ControlHandlers);
  const client = await connectControl(path);
  client?.close();
  await server.close();
  return { path, version: client?.primary.version ?? 'none', after: (await connectControl(path)) !== null };
}

/** Kills a program and the one that it started; both wait for input. */
async function killTree(): Promise<WindowsSeen['tree']> {
  const tree = new WindowsProcessTree();
  const own = tree.identify(process.pid);
  const child = spawn('cmd', ['/d', '/c', 'cmd /d /c set /p x='], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const started = { pid: child.pid ?? 0, startedAt: tree.identify(child.pid ?? 0)?.startedAt ?? 'never' };
  let found = 0;
  for (let tries = 0; tries < 50 && found < 2; tries += 1) {
    found = tree.descendants(process.pid, 'e1').length;
    if (found < 2) await delay(100);
  }
  const left = tree.signal(process.pid, 'e1', 'SIGKILL').length;
  await exited;
  return { found, left, alive: tree.isAlive(started), self: own !== null && tree.isAlive(own) };
}

/** A line of the shell with what Windows writes differently: line ends, the folder, characters of the code page. */
const line = 'echo one& echo two 1>&2& cd& echo Größe& exit 3';

function useCommandLine(folder: string, headless: string): WindowsSeen['commands'] {
  // Long, with spaces and letters of other languages; the deepest file of the product stays below 260 characters.
  const data = join(folder, 'Données de Kim', 'x'.repeat(80));
  const work = join(folder, 'work folder');
  const jobs = join(work, 'jobs.cron');
  mkdirSync(work);
  writeFileSync(jobs, '# Jobs\r\n0 9 * * 1-5 backup.exe\r\n');
  const { HOME: _, USERPROFILE: _profile, HOMEDRIVE: _drive, HOMEPATH: _path, ...withoutHome } = process.env;
  const run = (...args: readonly string[]): CommandSeen => {
    const options = { encoding: 'utf8', env: withoutHome, timeout: 120_000 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [headless, '--data-dir', data, ...args], options);
    return { code: status, stdout, stderr };
  };
  const parameters = JSON.stringify({ command: line, successExitCodes: [3] });
  const task = ['--name', 'Größe', '--schedule', 'every day at 9am', '--cwd', work, '--params', parameters];
  const seen: Record<string, CommandSeen> = {
    create: run('create', ...task, '--tool', 'shell:run', '--json'),
    trigger: run('trigger', 'Größe', '--json'),
    log: run('log', 'Größe'),
    lint: run('lint', jobs, '--json'),
  };
  writeFileSync(join(data, 'config.json'), JSON.stringify({ osScheduler: 'windows' }));
  return { ...seen, sync: run('os', 'sync', '--json') };
}

await main();
