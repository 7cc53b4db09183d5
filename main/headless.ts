import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from './app/run-command-line.ts';
import { version } from './app/version.ts';

// The composition root without Electron: the command line on servers and in tests, and what OS entries call there.
const script = fileURLToPath(import.meta.url);

process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  executable: { execPath: process.execPath, appImage: undefined, script, platform: process.platform },
  version,
  host: async () => {
    const { ForkHost } = await import('./adapters/process/fork-host.ts');
    return new ForkHost(join(import.meta.dirname, 'worker.js'));
  },
});
