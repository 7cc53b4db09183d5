import { spawnSync } from 'node:child_process';

/**
 * Runs this program again with `--ozone-platform=headless` in front, and returns its exit code. On Linux without a
 * display, Chromium does not start unless its own command line has that switch; setting it from JavaScript is too late
 * (seen with Electron 33). Call before Electron is ready, for commands that may need a worker. OS entries already have
 * the switch.
 */
export function relaunchHeadless(argv: readonly string[]): number {
  const switches = ['--ozone-platform=headless', '--disable-gpu'];
  const { status, error } = spawnSync(process.execPath, [...switches, ...argv], { stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}

export function needsRelaunch(processArgv: readonly string[], platform: NodeJS.Platform): boolean {
  return platform === 'linux' && !processArgv.includes('--ozone-platform=headless');
}
