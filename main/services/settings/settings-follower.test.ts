import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openSettings } from '../../adapters/storage/settings-file.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { followSettings, type SettingsNews } from './settings-follower.ts';

let stop = (): void => undefined;
afterEach(() => stop());

function following() {
  const dir = temporaryDir();
  const path = join(dir, 'config.json');
  writeFileSync(path, '{ "theme": "dark" }');
  const watchTiming = { quietMs: 5, pollMs: 50 };
  const settings = openSettings({ path, profilePath: join(dir, 'all.json'), lock: (action) => action(), watchTiming });
  const news: SettingsNews[] = [];
  let synced = 0;
  const sync = {
    sync: () => {
      synced += 1;
      return Promise.resolve([]);
    },
  };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  stop = followSettings({ settings, sync, logger, edits: { noteEdits: () => undefined } }, (found) => news.push(found));
  const edited = async (text: string): Promise<SettingsNews | undefined> => {
    const before = news.length;
    writeFileSync(path, text);
    await vi.waitFor(() => expect(news.length).toBeGreaterThan(before), { timeout: 30_000, interval: 10 });
    return news.at(-1);
  };
  return { edited, synced: () => synced };
}

it('applies an edit of config.json while the app runs', async () => {
  const { edited, synced } = following();
  expect(await edited('{ "theme": "light", "defaultTimeout": 1000 }')).toMatchObject({
    settings: { theme: 'light', defaultTimeout: 1000 },
    problem: null,
  });
  expect(synced()).toBe(0);
});

it('updates the OS entries when another scheduler is chosen', async () => {
  const { edited, synced } = following();
  await edited('{ "osScheduler": "in-process" }');
  expect(synced()).toBe(1);
});

it('keeps the last valid settings when the edit is invalid, and says where the error is', async () => {
  const { edited } = following();
  expect(await edited('{\n  "theme": "pink"\n}')).toMatchObject({
    settings: { theme: 'dark' },
    problem: expect.stringMatching(/line 2, column 12: theme/) as unknown,
  });
});
