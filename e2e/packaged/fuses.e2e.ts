import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { expect, test } from '@playwright/test';
import { executablePath } from '../fixtures/packaged-app.ts';

/** The unpacked release app. It exists only after `npm run dist:dir`. */
const released = resolve(import.meta.dirname, '../../dist/linux-unpacked/ncp-scheduler');

/** The expected value of every fuse of this Electron. The tests fail if a new version adds a fuse. */
const decided: Record<FuseV1Options, boolean> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

async function readFuses(executable: string): Promise<Record<string, boolean>> {
  const wire = Object.entries(await getCurrentFuseWire(executable)).filter(([key]) => key !== 'version');
  return Object.fromEntries(wire.map(([fuse, state]) => [fuse, state === FuseState.ENABLE]));
}

test('the end-to-end build has the release fuses, except the inspector that Playwright needs', async () => {
  const expected = { ...decided, [FuseV1Options.EnableNodeCliInspectArguments]: true };
  expect(await readFuses(executablePath)).toEqual(expected);
});

test('the release build has every fuse as expected', async () => {
  test.skip(!existsSync(released), 'npm run dist:dir was not run');
  expect(await readFuses(released)).toEqual(decided);
});
