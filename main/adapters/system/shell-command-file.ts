import { closeSync, fchmodSync, lstatSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, posix, win32 } from 'node:path';
import { readText } from '../files/read-file.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { ShellCommand, ShellCommandState } from '../../ports/shell-command.ts';
import { refuseForeignOwner } from '../files/file-owner.ts';

export interface ShellCommandOptions {
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  /** `%LOCALAPPDATA%`. */
  readonly localAppData: string | undefined;
  /** Absolute path of the program; for an AppImage, of the AppImage file. */
  readonly program: string;
  /** The PATH of the person's login shell. */
  readonly path: () => Promise<string>;
}

/** Present in every file that this app writes, to tell it from other programs' files. */
const mark = 'Made by NCP Scheduler in its settings, and removed there.';

/**
 * Manages `ncp-scheduler` for shells: a small script that calls the packaged program. On Linux and macOS it is in
 * `~/.local/bin`, the folder for a person's programs by the XDG base directories and systemd's file-hierarchy(7); on
 * Windows in this app's folder below `%LOCALAPPDATA%\Programs`. Never touches other programs' files and never edits a
 * PATH: the state says what to type.
 */
export class ShellCommandFile implements ShellCommand {
  readonly #options: ShellCommandOptions;
  readonly #path: string;
  readonly #script: string;

  constructor(options: ShellCommandOptions) {
    this.#options = options;
    this.#path = commandPath(options);
    this.#script = options.platform === 'win32' ? batch(options.program) : shellScript(options);
  }

  async state(): Promise<ShellCommandState> {
    const { platform, path } = this.#options;
    const folder = dirnameOf(platform, this.#path);
    const separator = platform === 'win32' ? win32.delimiter : posix.delimiter;
    const onPath = (await path()).split(separator).some((entry) => sameFolder(platform, entry, folder));
    const addToPath = onPath ? null : instruction(platform, folder);
    return { path: this.#path, state: this.#found(), onPath, addToPath };
  }

  async install(): Promise<ShellCommandState> {
    if (this.#found() === 'foreign') throw foreign(this.#path);
    this.#guarded(() => {
      refuseForeignOwner(this.#path);
      mkdirSync(dirname(this.#path), { recursive: true });
      this.#write();
    });
    return this.state();
  }

  async remove(): Promise<ShellCommandState> {
    if (this.#found() === 'foreign') throw foreign(this.#path);
    this.#guarded(() => rmSync(this.#path, { force: true }));
    return this.state();
  }

  /** Writes a new file and renames it: a link that appears at the path after `#found` is replaced, not followed. */
  #write(): void {
    const temporary = `${this.#path}.new-${randomBytes(6).toString('hex')}`;
    try {
      const file = openSync(temporary, 'wx', 0o755);
      try {
        fchmodSync(file, 0o755);
        writeFileSync(file, this.#script);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, this.#path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  #found(): ShellCommandState['state'] {
    const stats = lstatSync(this.#path, { throwIfNoEntry: false });
    if (stats === undefined) return 'absent';
    // A link, even a broken one, belongs to somebody else, and a write would change its target.
    if (!stats.isFile()) return 'foreign';
    const text = readText(this.#path);
    if (text === this.#script) return 'installed';
    return text.includes(mark) ? 'stale' : 'foreign';
  }

  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      const message = `${this.#path} cannot be written: ${messageOf(error)}.`;
      throw new SchedulerError('usage/unwritable-file', message, { path: this.#path }, error);
    }
  }
}

function commandPath({ platform, homeDir, localAppData }: ShellCommandOptions): string {
  if (platform !== 'win32') return posix.join(homeDir, '.local', 'bin', 'ncp-scheduler');
  const local = localAppData ?? win32.join(homeDir, 'AppData', 'Local');
  return win32.join(local, 'Programs', 'NCP Scheduler command', 'ncp-scheduler.cmd');
}

const dirnameOf = (platform: NodeJS.Platform, path: string): string =>
  platform === 'win32' ? win32.dirname(path) : posix.dirname(path);

/**
 * Returns the script. Without a display, Chromium only starts with a switch that must be its first argument; with a
 * window to open, or a link, the switch must be absent (see `entryCommand`).
 */
function shellScript({ platform, program }: ShellCommandOptions): string {
  const quoted = `'${program.replaceAll("'", `'\\''`)}'`;
  const lines = ['#!/bin/sh', `# ${mark}`];
  if (platform !== 'linux') return [...lines, `exec ${quoted} "$@"`, ''].join('\n');
  const windows = `0: | *:-* | *:ncp-scheduler:* | 1:quick-add) exec ${quoted} "$@" ;;`;
  const commands = `*) exec ${quoted} --ozone-platform=headless --disable-gpu "$@" ;;`;
  return [...lines, 'case "$#:${1-}" in', `  ${windows}`, `  ${commands}`, 'esac', ''].join('\n');
}

/** Escapes percent signs, which would be read as variables. */
function batch(program: string): string {
  return ['@echo off', `rem ${mark}`, `"${program.replaceAll('%', '%%')}" %*`, ''].join('\r\n');
}

function instruction(platform: NodeJS.Platform, folder: string): string {
  if (platform === 'darwin') return `echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.zprofile`;
  if (platform !== 'win32') return `echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.profile`;
  const added = `[Environment]::GetEnvironmentVariable('Path', 'User') + ';${folder.replaceAll("'", "''")}'`;
  return `[Environment]::SetEnvironmentVariable('Path', ${added}, 'User')`;
}

function sameFolder(platform: NodeJS.Platform, entry: string, folder: string): boolean {
  const trimmed = entry.replace(/[\\/]+$/, '');
  return platform === 'win32' ? trimmed.toLowerCase() === folder.toLowerCase() : trimmed === folder;
}

function foreign(path: string): SchedulerError {
  return new SchedulerError(
    'usage/foreign-file',
    `${path} was not written by NCP Scheduler, so it was not changed. Move it away, or call the program by its own path.`,
    { path },
  );
}
