import { runCommandLine } from './run-command-line.ts';
import { version } from './version.ts';

export interface HeadlessFiles {
  /** Absolute path of what Node was started with, for OS entries to call. */
  readonly script: string;
  /** Absolute path of the worker. */
  readonly worker: string;
}

/** The command line in plain Node; sets the exit code. */
export async function runHeadless({ script, worker }: HeadlessFiles): Promise<void> {
  process.exitCode = await runCommandLine({
    argv: process.argv.slice(2),
    executable: { execPath: process.execPath, appImage: undefined, script, platform: process.platform },
    version,
    workers: async () => {
      const { ForkHost } = await import('../adapters/process/fork-host.ts');
      return new ForkHost(worker);
    },
  });
}
