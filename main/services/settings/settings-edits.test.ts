import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeFilterSchema, type Change } from '../../contract/history.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';
import { SettingsEdits } from './settings-edits.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

/** What an editor does: `MemoryApplication.settings` are the port below the program. */
const edit: MemoryApplication['settings']['update'] = (change) => application.settings.update(change);

/** Starts what a process starts, for one more process on the same data directory. */
const edits = (): SettingsEdits => new SettingsEdits(application.outside);

const changes = async (): Promise<Change[]> => (await application.history()).list(changeFilterSchema.parse({}));

it('records an edit while the app runs, which can be undone', async () => {
  const primary = await application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  edit({ theme: 'dark', warmWorkers: 9 });
  expect(await changes()).toMatchObject([
    {
      author: 'file',
      action: 'settings.change',
      taskId: null,
      obstacle: null,
      differences: [
        { field: 'warmWorkers', before: 4, after: 9 },
        { field: 'theme', before: 'system', after: 'dark' },
      ],
    },
  ]);
  await (await application.history()).undo((await changes())[0]?.id ?? 0, 'window');
  expect(application.settings.read()).toMatchObject({ theme: 'system', warmWorkers: 4 });
  expect((await changes()).map(({ author }) => author)).toEqual(['window', 'file']);
  await primary.stop();
});

it('records an edit made while nothing ran when the app starts, and when somebody reads the history', async () => {
  edits().noteEdits();
  edit({ theme: 'dark' });
  expect(await changes()).toMatchObject([{ author: 'file', differences: [{ field: 'theme' }] }]);
  edit({ theme: 'light' });
  const primary = await application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  expect(await changes()).toMatchObject([{ differences: [{ before: 'dark', after: 'light' }] }, {}]);
  await primary.stop();
});

it('writes nothing when somebody reads the history, unless something was edited', async () => {
  const before = application.outside.ledger.mark('config.json');
  edit({ theme: 'dark' });
  expect([await changes(), application.outside.ledger.mark('config.json')]).toEqual([[], before]);
  edits().noteEdits();
  const lock = vi.spyOn(application.outside.ledger, 'withWriteLock');
  expect(await changes()).toEqual([]);
  expect(lock).not.toHaveBeenCalled();
});

it('tells an edit from the change that follows it', async () => {
  edits().noteEdits();
  edit({ theme: 'dark' });
  (await application.settingsChanges()).update({ warmWorkers: 9 }, 'cli');
  expect(await changes()).toMatchObject([
    { author: 'cli', differences: [{ field: 'warmWorkers' }] },
    { author: 'file', differences: [{ field: 'theme' }] },
  ]);
});

it('does not take what another process of this program changed for an edit', async () => {
  const other = edits();
  other.noteEdits();
  (await application.settingsChanges()).update({ theme: 'dark' }, 'cli');
  other.noteEdits();
  expect(await changes()).toMatchObject([{ author: 'cli' }]);
});

it('records no password, and nothing at the first look', async () => {
  edit({ theme: 'dark' });
  edits().noteEdits();
  edit({ mcpServers: { files: { command: 'npx', env: { API_TOKEN: 'hunter2-hunter2' } } } });
  const [change, ...rest] = await changes();
  expect(rest).toEqual([]);
  expect(change).toMatchObject({ author: 'file', differences: [{ field: 'mcpServers.files' }] });
  expect(JSON.stringify([change, application.ledger.mark('config.json')])).not.toContain('hunter2');
});

it('records an edit at the next look if the ledger cannot be written', async () => {
  const warnings: string[] = [];
  const { outside } = application;
  let full = false;
  const withWriteLock = <T>(action: () => T): T => {
    if (full) throw new Error('database or disk is full');
    return outside.ledger.withWriteLock(action);
  };
  const ledger = Object.assign(Object.create(outside.ledger) as typeof outside.ledger, { withWriteLock });
  const logger = { warn: (message: string) => void warnings.push(message) };
  const noting = new SettingsEdits({ settings: outside.settings, clock: outside.clock, ledger, logger });
  noting.noteEdits();
  edit({ theme: 'dark' });
  full = true;
  noting.noteEdits();
  expect(warnings).toEqual(['Could not record whether config.json was edited']);
  full = false;
  noting.noteEdits();
  expect(await changes()).toMatchObject([{ author: 'file', differences: [{ field: 'theme' }] }]);
});
