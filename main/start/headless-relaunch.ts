import { spawnSync } from 'node:child_process';

/**
 * On Linux without a display Chromium does not start at all unless it reads `--ozone-platform=headless` from its own
 * command line: setting it from JavaScript is too late (seen with Electron 33). So a command that may need a worker
 * starts the same program once more with the switch in front, before this one is ready. OS entries carry it already.
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
