import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inProject, pinnedElectron } from './project.mjs';
import { assertReleasable, ensureRuntime } from './runtime.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-runtime-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('ELECTRON_OVERRIDE_DIST_PATH', () => {
  test('takes precedence, whatever version it contains', async () => {
    writeFileSync(join(folder, 'version'), 'v46.0.1\n');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    await expect(ensureRuntime()).resolves.toEqual({ folder, version: '46.0.1' });
  });

  test('is refused if it contains no runtime', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    await expect(ensureRuntime()).rejects.toThrow(`${folder} does not contain an Electron runtime`);
  });
});

describe('installers', () => {
  test('are refused with another Electron than the pinned one, with what to do', () => {
    const older = { folder: '/cache/electron', version: '33.4.11' };
    expect(() => assertReleasable(older, false)).toThrow(
      new RegExp(`^Installers need Electron ${pinnedElectron()}, but /cache/electron has 33\\.4\\.11.*github\\.com`),
    );
    expect(() => assertReleasable(older, true)).not.toThrow();
    expect(() => assertReleasable({ folder: '/x', version: pinnedElectron() }, false)).not.toThrow();
  });
});

test('electron is pinned to one version, not to a range', () => {
  expect(pinnedElectron()).toMatch(/^\d+\.\d+\.\d+$/);
});

test('every file of the older runtime has a known hash', () => {
  const lines = readFileSync(inProject('scripts/electron-runtime/SHA256SUMS'), 'utf8').trim().split('\n');
  expect(lines.filter((line) => !/^[0-9a-f]{64} {2}[\w./-]+$/.test(line))).toEqual([]);
  const names = lines.map((line) => line.slice(66));
  expect(names).toEqual(
    expect.arrayContaining(['electron', 'chrome-sandbox', 'libffmpeg.so', 'resources.pak', 'version']),
  );
  expect(names.filter((name) => name.startsWith('/') || name.includes('..'))).toEqual([]);
});
