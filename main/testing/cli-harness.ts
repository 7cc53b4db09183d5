import { PassThrough, Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { readFile } from '../adapters/files/read-file.ts';
import type { CliEnvironment, MachineSide } from '../cli/environment.ts';
import { cliResults } from '../contract/cli.ts';
import type { CliCommandWithResult, CliResult } from '../contract/cli.ts';
import type { WireError } from '../contract/errors.ts';
import { runCli } from '../cli/run-cli.ts';
import { serveLines } from '../ipc/lines/serve-lines.ts';
import type { WebSide } from '../application/web-side.ts';
import { unknownFields } from '../services/tasks/unknown-fields.ts';
import { agentSide } from '../mcp-server/agent-side.ts';
import { quietListener, type MemoryApplication } from './memory-application.ts';

const harnessMachine = { name: 'server', user: 'person', platform: 'linux', timezone: 'UTC' };

/** An SSH that reaches every machine, and prints what would run there. */
const harnessSsh: MachineSide = {
  run: async (options) => {
    const { machine, command } = options;
    await options.writeOut(Buffer.from(`${JSON.stringify({ machine, argv: command.argv })}\n`));
    return 0;
  },
  test: () => Promise.resolve({ version: '1.2.3', sameContract: true, machine: harnessMachine, tookMs: 850 }),
  aliases: () => ['web', 'nas'],
};

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line on an application in memory, in UTC and with the application's clock. */
export async function runLine(
  application: MemoryApplication,
  argv: readonly string[],
  change: Partial<CliEnvironment> & { readonly input?: string } = {},
): Promise<CliRun> {
  const { input = '', ...rest } = change;
  const [stdout, stderr] = [collector(), collector()];
  const code = await runCli(argv, {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    isTerminal: false,
    env: {},
    version: '1.2.3',
    platform: 'linux',
    now: () => application.clock.now(),
    timezone: 'UTC',
    timeStyle: () => ({ clock: '24h', weekStart: 'monday' }),
    stop: new AbortController().signal,
    readFile: async (path) => readFile(path).toString('utf8'),
    machines: () => Promise.resolve(harnessSsh),
    lineSide: () => Promise.resolve((conversation) => serveLines({ ...conversation, machine: harnessMachine })),
    webSide: () => Promise.resolve(noWebServer),
    agentSide: () => Promise.resolve(agentSide),
    fillDemo: () => Promise.resolve(),
    application: () => Promise.resolve(application),
    ...rest,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Runs a command with `--json`, and returns its exit code and JSON document. Fails if it writes anything else. */
export async function runJson(
  application: MemoryApplication,
  argv: readonly string[],
  change: Parameters<typeof runLine>[2] = {},
): Promise<{ readonly code: number; readonly answer: Record<string, unknown> & { readonly ok: boolean } }> {
  const { code, stdout, stderr } = await runLine(application, [...argv, '--json'], change);
  if (stderr !== '') throw new Error(`--json wrote to standard error: ${stderr}`);
  const answer = JSON.parse(stdout) as Record<string, unknown> & { readonly ok: boolean };
  if (answer.ok) holdToSchema(argv, answer);
  return { code, answer };
}

/** Fails if a command answers anything else than its published schema says, such as a field that the schema does not name. */
function holdToSchema(argv: readonly string[], { ok: _ok, ...result }: Record<string, unknown>): void {
  const names = [argv.slice(0, 2).join(' '), argv[0] ?? ''];
  const name = names.find((candidate): candidate is CliCommandWithResult => Object.hasOwn(cliResults, candidate));
  // `run` also has the fields that a tool answers.
  if (name === undefined || name === 'run' || argv.includes('--help')) return;
  const schema = cliResults[name];
  schema.parse(result);
  const unknown = unknownFields(schema, result).map(({ path }) => path.join('.'));
  if (unknown.length > 0) throw new Error(`The schema of ${name} does not name ${unknown.join(', ')}.`);
}

/** Stands for the window in a browser, which has tests of its own: answers an address and listens nowhere. */
const noWebServer: WebSide = {
  create: () =>
    Promise.resolve({
      listener: quietListener,
      listen: () => Promise.resolve(`http://127.0.0.1:7377/#token=ncp_${'x'.repeat(43)}`),
      origin: () => 'http://127.0.0.1:7377',
      close: () => Promise.resolve(),
    }),
  openBrowser: () => false,
};

function collector(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Returns shortcuts for tests: `ok` checks a result against its published schema, `fails` returns the error. */
export function cliFor(application: () => MemoryApplication) {
  const ok = async <C extends CliCommandWithResult>(name: C, ...argv: string[]): Promise<CliResult<C>> => {
    const { code, answer } = await runJson(application(), [...name.split(' '), ...argv]);
    const { ok: fine, ...result } = answer;
    if (!fine || code !== 0) throw new Error(`${name} failed with exit code ${code}: ${JSON.stringify(answer)}`);
    return cliResults[name].parse(result) as CliResult<C>;
  };
  const fails = async (...argv: string[]): Promise<{ readonly code: number; readonly error: WireError }> => {
    const { code, answer } = await runJson(application(), argv);
    if (answer.ok || Object.keys(answer).join() !== 'ok,error') {
      throw new Error(`${argv.join(' ')} did not fail as it should: ${JSON.stringify(answer)}`);
    }
    return { code, error: answer['error'] as WireError };
  };
  const create = (name: string, command = 'true', ...more: string[]): Promise<CliResult<'create'>> =>
    ok('create', '--name', name, '--schedule', 'every weekday at 9am', ...shell(command), ...more);
  return { ok, fails, create };
}

/** Returns the options of a task that runs a shell command. */
export function shell(command: string): string[] {
  return ['--tool', 'shell:run', '--params', JSON.stringify({ command })];
}
