import { hostname, userInfo } from 'node:os';
import { systemTimeStyle } from '../adapters/system/system-time-style.ts';
import { runCli } from '../cli/run-cli.ts';
import type { Greeting } from '../contract/line-protocol.ts';
import { machineTimeZone } from '../domain/timing/time-zone.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { SecretCipher } from '../ports/secrets.ts';
import { exitCodes } from '../contract/exit-codes.ts';
import type { Surroundings } from './remote/remote-surroundings.ts';
import type { Executable } from './entry-command.ts';
import { stderrLogger } from './stderr-logger.ts';
import type { StopRequest } from './stop-signals.ts';

export interface CommandLineOptions {
  readonly argv: readonly string[];
  readonly executable: Executable;
  readonly version: string;
  /** Absolute path of the folder with the built window, for browsers. */
  readonly pages: string;
  /** Returns the host that starts workers. Called only when a task runs in this process. */
  readonly workers: () => Promise<ProcessHost>;
  readonly cipher?: () => Promise<SecretCipher>;
  /** Called when a task that this process runs needs attention, and no app is running to tell it. */
  readonly announceAttention?: () => void;
  /** Called when a task that this process runs told a change, and no app is running to show it. */
  readonly announceChange?: () => void;
  /** What signals ask of this process. */
  readonly stop: StopRequest;
}

/** Runs one command line in this process, and returns its exit code. */
export async function runCommandLine({
  argv,
  executable,
  version,
  pages,
  workers,
  cipher,
  announceAttention,
  announceChange,
  stop,
}: CommandLineOptions): Promise<number> {
  const logger = stderrLogger();
  const around = argv[0] === '_remote' ? await remoteSurroundings(version, stop) : localSurroundings(argv);
  if (around === null) return exitCodes.usage;
  const code = await runCli(around.argv, {
    ...around.environment,
    stdout: process.stdout,
    stderr: process.stderr,
    version,
    now: Date.now,
    // A getter, because only commands that handle an instant need the zone, and reading it loads ICU.
    get timezone() {
      return machineTimeZone();
    },
    platform: process.platform,
    timeStyle: () => systemTimeStyle(process.env, process.platform),
    readFile: async (path) => (await import('../adapters/files/read-file.ts')).readFile(path).toString('utf8'),
    webSide: async () => {
      const [{ webSide }, { openBrowser }] = await Promise.all([
        import('../web/web-side.ts'),
        import('../adapters/system/open-browser.ts'),
      ]);
      return { ...webSide(pages), openBrowser: (address) => openBrowser(address) };
    },
    agentSide: async () => (await import('../mcp-server/agent-side.ts')).agentSide,
    stop: stop.signal,
    machines: async () => (await import('./remote/machine-side.ts')).machineSide(version),
    lineSide: async () => {
      const { serveLines } = await import('../ipc/lines/serve-lines.ts');
      return (conversation) => serveLines({ ...conversation, machine: thisMachineName() });
    },
    application: async ({ dataDir, reads }) => {
      const [{ createApplication }, { openOutside }] = await Promise.all([
        import('../application/create-application.ts'),
        import('./outside.ts'),
      ]);
      return createApplication(
        openOutside({ dataDir, reads, executable, version, logger, workers, ...(cipher && { cipher }) }),
      );
    },
    ...(announceAttention && { announceAttention }),
    ...(announceChange && { announceChange }),
    fillDemo: async (application) => (await import('./demo.ts')).fillDemo(application),
  });
  around.release();
  return stop.exitCode(code);
}

/** Returns what a command line sees around it in this process. */
function localSurroundings(argv: readonly string[]): Surroundings {
  const { stdin, stdout, env } = process;
  const columns = stdout.columns === undefined ? {} : { columns: stdout.columns };
  return {
    argv,
    environment: { stdin, env, isTerminal: stdout.isTTY === true, ...columns },
    release: () => undefined,
  };
}

async function remoteSurroundings(version: string, stop: StopRequest): Promise<Surroundings | null> {
  return (await import('./remote/remote-surroundings.ts')).remoteSurroundings(process, version, stop);
}

function thisMachineName(): Greeting['machine'] {
  return { name: hostname(), user: userInfo().username, platform: process.platform, timezone: machineTimeZone() };
}
