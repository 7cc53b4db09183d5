import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { Updates, type Updater, type UpdatesNeeds } from './updates.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const minuteMs = 60_000;

function made(change: Partial<Updater> = {}, needs: Partial<UpdatesNeeds> = {}) {
  const done: string[] = [];
  const updater: Updater = {
    newer: () => Promise.resolve('2.0.0'),
    download: () => Promise.resolve(void done.push('download')),
    install: () => void done.push('install'),
    ...change,
  };
  const clock = fakeClock('2026-11-29T12:00:00.000Z');
  const given = { clock, logger: silent, unavailable: null, installs: true, updater: () => Promise.resolve(updater) };
  const updates = new Updates({ ...given, ...needs });
  const check = async () => {
    updates.use(true);
    clock.advance(minuteMs);
    await expect.poll(() => updates.state().state).not.toBe('checking');
    return updates.state();
  };
  return { updates, check, clock, done };
}

it('looks a minute after the start and each day, and downloads and installs only when asked to', async () => {
  const { updates, check, clock, done } = made();
  expect(await check()).toEqual({ state: 'available', version: '2.0.0', problem: null, installs: true });
  clock.advance(24 * 60 * minuteMs);
  await expect.poll(() => updates.state().state).toBe('available');
  expect(done).toEqual([]);
  const install = await updates.download();
  expect(done).toEqual(['download']);
  install();
  expect(done).toEqual(['download', 'install']);
});

it('says that there is nothing newer, or why it could not look', async () => {
  expect(await made({ newer: () => Promise.resolve(null) }).check()).toMatchObject({ state: 'current' });
  const failing = made({ newer: () => Promise.reject(new Error('no network')) });
  expect(await failing.check()).toMatchObject({ state: 'failed', problem: 'no network' });
});

it('a download that fails changes nothing and can be tried again', async () => {
  const { updates, check } = made({ download: () => Promise.reject(new Error('sha512 checksum mismatch')) });
  await check();
  for (let i = 0; i < 2; i += 1)
    await expect(updates.download()).rejects.toMatchObject({
      code: 'desktop/update-failed',
      message: 'The update could not be downloaded, and nothing was changed: sha512 checksum mismatch',
    });
  expect(updates.state().state).toBe('available');
});

it('a package of a package manager is never replaced, and a checkout never looks', async () => {
  const packaged = made({}, { installs: false });
  await packaged.check();
  await expect(packaged.updates.download()).rejects.toMatchObject({ code: 'desktop/no-update' });
  const checkout = made({}, { unavailable: 'Update a checkout with git.' });
  expect(await checkout.check()).toMatchObject({ state: 'unavailable', installs: false });
});
