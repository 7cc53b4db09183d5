import { runCommandLine } from './run-command-line.ts';
import { stopOnSignals } from './stop-signals.ts';
import { version } from './version.ts';

export interface HeadlessFiles {
  /** Absolute path of the script that Node runs. OS entries call it. */
  readonly script: string;
  /** Absolute path of the worker's script. */
  readonly worker: string;
  /** Absolute path of the folder with the built window. */
  readonly pages: string;
}

/** Runs the command line in plain Node, and sets the exit code. */
export async function runHeadless({ script, worker, pages }: HeadlessFiles): Promise<void> {
  const stop = stopOnSignals(process);
  process.exitCode = await runCommandLine({
    argv: process.argv.slice(2),
    executable: { execPath: process.execPath, appImage: undefined, script, platform: process.platform },
    version,
    pages,
    workers: async () => {
      const { ForkHost } = await import('../adapters/process/fork-host.ts');
      return new ForkHost(worker);
    },
    stop,
  });
  // What a command left undone may still hold the process.
  if (stop.signal.aborted) process.exit();
  stop.signal.addEventListener('abort', () => process.exit());
}
