import { spawnSync } from 'node:child_process';
import type { Execution } from '../contract/execution.ts';
import type { CliEnvironment } from '../cli/environment.ts';
import type { MemoryApplication } from './memory-application.ts';
import { memoryApplication } from './memory-application.ts';
import { runLine, shell } from './cli-harness.ts';

/** A small schedule with a fixed history: `Backup`, `Ping`, `Report` (fails) and `Long` (still running). */
export interface GoldenWorld {
  readonly application: MemoryApplication;
  /** Ids of a run that has ended and of one that is running. Examples write `RUN` for them. */
  readonly executionIds: { readonly ended: string; readonly running: string };
}

export async function goldenWorld(): Promise<GoldenWorld> {
  const application = memoryApplication('2026-11-23T08:59:00.000Z');
  const run = (...argv: string[]) => runLine(application, argv);
  const add = (name: string, schedule: string, ...more: string[]) =>
    run('create', '--name', name, '--schedule', schedule, ...more);
  await add('Backup', 'every day at 9am', ...shell('print 42 files'), '--tag', 'home', '--catch-up', 'once');
  const ping = JSON.stringify({ url: 'https://example.org' });
  await add('Ping', 'every 5 minutes', '--tool', 'http:request', '--params', ping, '--paused', '--probe', 'date');
  await add('Report', 'every monday at 8:30', ...shell('false'), '--timezone', 'Asia/Tokyo');
  await add('Long', '2026-12-24T18:00:00Z', ...shell('sleep'));
  application.clock.set('2026-11-23T09:00:01.000Z');
  await run('_timing-run', 'daily-9am');
  application.clock.set('2026-11-23T12:00:00.000Z');
  await run('trigger', 'Report');
  application.clock.set('2026-11-23T12:03:00.000Z');
  // 8:30 on a Monday in Tokyo. The missing fire gives the doctor something to find.
  application.os.lose('weekly-mon-8-30am-asia-tokyo', [Date.parse('2026-11-29T23:30:00Z')]);
  (await application.secrets()).set('GITHUB_TOKEN', 'tok-golden');
  (await application.webTokens()).create('tablet', true);
  const tasks = await application.tasks();
  await tasks.update('Backup', { description: 'All of home' }, 'mcp:helper@1.0');
  await tasks.update('Ping', { description: 'Is it up?' }, 'mcp:helper@1.0');
  const started = await startedRun(application, 'id-004');
  const ended = application.ledger.list({ taskId: 'id-001', limit: 1, offset: 0 }).executions[0]?.executionId ?? '';
  // Replaces the detached process of `trigger --no-wait`, which announces a run and exits.
  const announcement = JSON.stringify({ execution: application.ledger.get(started.executionId) });
  application.setOwnProgram(() => Promise.resolve(announcement));
  return { application, executionIds: { ended, running: started.executionId } };
}

/** Starts a run in this process, and returns it while it is running. */
function startedRun(application: MemoryApplication, taskId: string): Promise<Execution> {
  return new Promise((resolve, reject) => {
    const begin = async () => (await application.runs()).trigger(taskId, { trigger: 'manual', onStarted: resolve });
    begin().catch(reject);
  });
}

/** Splits lines of help into words with a POSIX shell, as if a person had pasted them. Drops redirections of output. */
function shellWords(lines: readonly string[]): string[][] {
  const bare = lines.map((line) => line.replace(/ > \S+/, ''));
  const { stdout, status } = spawnSync('sh', ['-c', bare.map((line) => `printf '%s\\0' ${line} '\n'`).join('; ')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`sh does not understand: ${lines.join('; ')}`);
  return stdout
    .split('\n\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

/** Runs each line in the same world, and returns what a person sees in the terminal. */
export async function session(
  world: GoldenWorld,
  lines: readonly string[],
  change: Partial<CliEnvironment> = {},
): Promise<string> {
  const { application, executionIds } = world;
  const parts: string[] = [];
  for (const [index, words] of shellWords(lines).entries()) {
    const id = words[0] === 'cancel' ? executionIds.running : executionIds.ended;
    const argv = words.map((word) => (word === 'RUN' ? id : word));
    const { code, stdout, stderr } = await runLine(application, argv, {
      // Without it, `serve` would not return.
      ...(argv.includes('serve') ? { stop: AbortSignal.abort() } : {}),
      ...(argv[0] === 'secrets' && argv[1] === 'set' ? { input: 'tok-golden\n' } : {}),
      ...change,
    });
    const output = shortened(stable(stdout), words[0] === 'completion' ? 2 : 120) + stable(stderr);
    parts.push(`$ ncp-scheduler ${lines[index] ?? ''}\n${output}[exit code ${code}]\n`);
  }
  return parts.join('\n');
}

function stable(text: string): string {
  return text
    .replaceAll(/\/[^\s"]*\/ncp-memory-\w+(?:\/\d{4}-\d{2})?/g, '/logs')
    .replaceAll(/\/[^\s"]*\/ncp-golden-\w+/g, '/home/person')
    .replaceAll(/"contract":"[0-9a-f]+"/g, '"contract":"…"')
    .replaceAll(/\bncp_[\w-]{43}/g, 'ncp_TOKEN')
    .replaceAll('\u001b', '\\e');
}

function shortened(text: string, lineLimit: number): string {
  const lines = text.split('\n');
  return lines.length <= lineLimit ? text : [...lines.slice(0, lineLimit), '[and more lines]', ''].join('\n');
}
