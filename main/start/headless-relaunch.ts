import { spawn } from 'node:child_process';
import { ownStopSignal, stopOnSignals } from './stop-signals.ts';

/**
 * Runs this program again with `--ozone-platform=headless` in front, and returns its exit code. On Linux without a
 * display, Chromium does not start unless its own command line has that switch; setting it from JavaScript is too late
 * (seen with Electron 33). Call before Electron is ready, for commands that may need a worker. OS entries already have
 * the switch.
 */
export async function relaunchHeadless(argv: readonly string[]): Promise<number> {
  const switches = ['--ozone-platform=headless', '--disable-gpu'];
  const stop = stopOnSignals(process);
  const child = spawn(process.execPath, [...switches, ...argv], { stdio: 'inherit' });
  // A terminal sends its signals to the child as well. A repeated SIGINT would end it at once, the own signal does not.
  stop.signal.addEventListener('abort', () => void child.kill(ownStopSignal), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? stop.exitCode(1)));
  });
}

export function needsRelaunch(processArgv: readonly string[], platform: NodeJS.Platform): boolean {
  return platform === 'linux' && !processArgv.includes('--ozone-platform=headless');
}
