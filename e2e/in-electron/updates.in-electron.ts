import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import electronUpdaterModule from 'electron-updater';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { electronUpdater } from '../../main/desktop/updates/electron-updater.ts';
import type { Updater } from '../../main/desktop/updates/updates.ts';

// The real electron-updater against a server of releases on this machine. The installed version is 1.0.0 (app/package.json).
// An AppImage is a file that is replaced, so a script can stand in for it.

const cacheName = `ncp-updates-test-${process.pid}`;
let folder: string;
let appImage: string;
let server: Server;
/** What the server has: the version, the hash that it publishes, and how much of the file it sends. */
let release: { version: string; hash?: string; sends?: number };

const program = (name: string): string => `#!/bin/sh\ntouch '${join(folder, name)}'\n`;
const next = (): Buffer => Buffer.from(program('new-version-ran'));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-updates-'));
  appImage = join(folder, 'ncp-scheduler.AppImage');
  writeFileSync(appImage, program('old-version-ran'));
  chmodSync(appImage, 0o755);
  vi.stubEnv('APPIMAGE', appImage);
  server = createServer((request, answer) => {
    if (request.url?.startsWith('/latest-linux.yml') === true) {
      answer.end(manifest());
      return;
    }
    const { sends = next().length } = release;
    answer.writeHead(200, { 'content-length': next().length });
    answer.write(next().subarray(0, sends), () => (sends < next().length ? answer.destroy() : answer.end()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), cacheName), { recursive: true, force: true });
});

function manifest(): string {
  const sha512 = release.hash ?? createHash('sha512').update(next()).digest('base64');
  const path = `ncp-scheduler-${release.version}-linux-x86_64.AppImage`;
  const file = { url: path, sha512, size: next().length };
  // JSON is YAML.
  return JSON.stringify({ version: release.version, path, sha512, files: [file], releaseDate: '2026-11-29T12:00:00Z' });
}

async function updater(): Promise<Updater> {
  const config = join(folder, 'app-update.yml');
  const { port } = server.address() as AddressInfo;
  const source = { provider: 'generic', url: `http://127.0.0.1:${port}`, updaterCacheDirName: cacheName };
  writeFileSync(config, JSON.stringify(source));
  electronUpdaterModule.autoUpdater.updateConfigPath = config;
  return electronUpdater();
}

const notLinux = process.platform === 'linux' ? '' : ' (skipped: the release is an AppImage, which is for Linux)';

describe.skipIf(notLinux)(`updates by the real electron-updater${notLinux}`, () => {
  it.each([
    ['2.0.0', '2.0.0'],
    ['1.0.0', null],
    ['0.9.0', null],
  ])('a release of version %s is newer: %s', async (version, newer) => {
    release = { version };
    expect(await (await updater()).newer()).toBe(newer);
  });

  it('says why it could not look if there is no network', async () => {
    const updates = await updater();
    await new Promise((resolve) => server.close(resolve));
    await expect(updates.newer()).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
    server.listen(0);
  });

  it.each([
    [
      'whose hash is another',
      { hash: createHash('sha512').update('other').digest('base64') },
      /sha512 checksum mismatch/,
    ],
    ['of which half arrives', { sends: 20 }, /ERR_/],
  ])('refuses a file %s, and leaves the program as it was', async (_, change, problem) => {
    release = { version: '2.0.0', ...change };
    const updates = await updater();
    expect(await updates.newer()).toBe('2.0.0');
    await expect(updates.download()).rejects.toThrow(problem);
    expect(readFileSync(appImage, 'utf8')).toBe(program('old-version-ran'));
  });

  it('replaces the program, starts the new one and quits', async () => {
    release = { version: '2.0.0' };
    const updates = await updater();
    const quit = vi.spyOn(app, 'quit').mockImplementation(() => undefined);
    await updates.newer();
    await updates.download();
    updates.install();
    await expect.poll(() => quit.mock.calls.length).toBe(1);
    expect(readFileSync(appImage, 'utf8')).toBe(next().toString());
    await expect.poll(() => existsSync(join(folder, 'new-version-ran'))).toBe(true);
  });
});
