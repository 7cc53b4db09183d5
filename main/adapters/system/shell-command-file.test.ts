import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { ShellCommandFile } from './shell-command-file.ts';
import type { ShellCommandOptions } from './shell-command-file.ts';

let homeDir = '';
let program = '';
beforeEach(() => {
  homeDir = temporaryDir();
  program = join(homeDir, "It's 100 % the app");
  writeFileSync(program, '#!/bin/sh\nprintf "%s|" "$@"\n');
  chmodSync(program, 0o755);
});

const command = (change: Partial<ShellCommandOptions> = {}) =>
  new ShellCommandFile({
    platform: 'linux',
    homeDir,
    localAppData: undefined,
    program,
    path: () => Promise.resolve('/usr/bin:/bin'),
    ...change,
  });
const file = () => join(homeDir, '.local/bin/ncp-scheduler');
const typed = (...argv: string[]) => execFileSync(file(), argv, { encoding: 'utf8' });

describe('the shell command', () => {
  it('is created and removed on request, without touching other files', async () => {
    expect(await command().state()).toMatchObject({ path: file(), state: 'absent' });
    expect(await command().install()).toMatchObject({ state: 'installed' });
    expect(await command().remove()).toMatchObject({ state: 'absent' });
    expect(existsSync(file())).toBe(false);
    expect(existsSync(dirname(file()))).toBe(true);
  });

  it('passes the arguments to the program; on Linux without a display, except for windows and links', async () => {
    await command().install();
    const headless = '--ozone-platform=headless|--disable-gpu|';
    expect(typed('create', '--name', "it's $HOME *")).toBe(`${headless}create|--name|it's $HOME *|`);
    expect(typed('quick-add', 'every day at 9am: true')).toBe(`${headless}quick-add|every day at 9am: true|`);
    expect(typed('quick-add')).toBe('quick-add|');
    expect(typed('--hidden')).toBe('--hidden|');
    expect(typed('ncp-scheduler://execution/1')).toBe('ncp-scheduler://execution/1|');
    // `printf` without an argument prints its format once.
    expect(typed()).toBe('|');
  });

  it('needs no switches on macOS', async () => {
    await command({ platform: 'darwin' }).install();
    expect(typed('list')).toBe('list|');
  });

  it('prints a line for PowerShell that a quote in a user name cannot end', async () => {
    const { addToPath } = await command({
      platform: 'win32',
      localAppData: "C:\\Users\\O'Brien\\AppData\\Local",
    }).state();
    expect(addToPath).toContain("';C:\\Users\\O''Brien\\AppData\\Local\\Programs\\NCP Scheduler command'");
  });

  it('reports whether shells find it, and what to type if they do not', async () => {
    const told = await command().install();
    expect(told).toMatchObject({ onPath: false });
    expect(told.addToPath).toBe(`echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.profile`);
    const path = () => Promise.resolve(`/usr/bin:${homeDir}/.local/bin/:/bin`);
    expect(await command({ path }).state()).toMatchObject({ onPath: true, addToPath: null });
  });

  it('that calls a program which has moved is stale, and fixed by a new installation', async () => {
    await command({ program: '/old/place' }).install();
    expect(await command().state()).toMatchObject({ state: 'stale' });
    expect(await command().install()).toMatchObject({ state: 'installed' });
    expect(typed('-V')).toBe('-V|');
  });
});

describe('a file of another program', () => {
  it.each([
    ['a script', () => writeFileSync(file(), '#!/bin/sh\necho mine\n')],
    ['a folder', () => mkdirSync(file())],
  ])('is left as it is: %s', async (_what, make) => {
    mkdirSync(dirname(file()), { recursive: true });
    make();
    expect(await command().state()).toMatchObject({ state: 'foreign' });
    for (const change of [command().install(), command().remove()]) {
      await expect(change).rejects.toMatchObject({ code: 'usage/foreign-file', details: { path: file() } });
    }
    expect(existsSync(file())).toBe(true);
  });

  it('is not changed through a link to it', async () => {
    const theirs = join(homeDir, 'theirs');
    writeFileSync(theirs, 'theirs');
    mkdirSync(dirname(file()), { recursive: true });
    symlinkSync(theirs, file());
    await expect(command().install()).rejects.toMatchObject({ code: 'usage/foreign-file' });
    expect(readFileSync(theirs, 'utf8')).toBe('theirs');
    rmSync(theirs);
    await expect(command().install()).rejects.toMatchObject({ code: 'usage/foreign-file' });
    expect(existsSync(theirs)).toBe(false);
  });
});

it('is a batch file in the app’s folder on Windows', async () => {
  const options = { platform: 'win32', homeDir: 'C:\\Users\\Kim', program: 'C:\\100% NCP\\ncp.exe' } as const;
  const { path, addToPath } = await command({ ...options, path: () => Promise.resolve('C:\\Windows') }).state();
  expect(path).toBe('C:\\Users\\Kim\\AppData\\Local\\Programs\\NCP Scheduler command\\ncp-scheduler.cmd');
  expect(addToPath).toContain(
    "SetEnvironmentVariable('Path', [Environment]::GetEnvironmentVariable('Path', 'User') + ';C:\\Users",
  );
});
