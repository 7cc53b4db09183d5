import { afterEach, beforeEach, expect, test } from 'vitest';
import { importOptionsSchema } from '../contract/transfer.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { memoryHost } from '../testing/memory-host.ts';
import { ipcHandlers } from './handlers.ts';
import { missingCapability } from './host.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

test('every change of a window is recorded with the author that the program around it names', async () => {
  const calls = ipcHandlers(application, { ...memoryHost(), author: 'browser:phone' });
  const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
  const { task } = await calls['tasks.create']({ ...draft, validate: true });
  await calls['tasks.update']({ taskId: task.id, change: { description: 'Nightly' }, validate: true });
  await calls['tasks.bulk']({ taskIds: [task.id], change: { action: 'pause' } });
  await calls['app.pauseAll']({});
  await calls['app.resumeAll']({});
  await calls['settings.update']({ change: { concurrencyLimit: 3 } });
  await calls['agents.change']({ client: 'agent', change: { permission: 'allow' } });
  const { opened } = await calls['transfer.open']({ installed: 'mcp-servers' });
  const options = importOptionsSchema.parse({});
  await calls['transfer.apply']({ token: opened?.token ?? '', options });
  const { changes } = await calls['history.list']({ limit: 100 });
  expect(changes.length).toBeGreaterThanOrEqual(7);
  expect(new Set(changes.map(({ author }) => author))).toEqual(new Set(['browser:phone']));
});

test('what a program around the window cannot do is refused by the name of what is missing', () => {
  const error = missingCapability('dialogs', 'A browser cannot open files of this machine.');
  expect(error).toMatchObject({ code: 'desktop/not-available', details: { capability: 'dialogs' } });
});
