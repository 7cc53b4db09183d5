import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotificationContent, NotifierState } from '../../ports/desktop.ts';
import { memoryOutside, type MemoryOutside } from '../../testing/memory-outside.ts';
import { quietListener } from '../../testing/memory-application.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { createApplication } from '../create-application.ts';

const slot = '2026-11-23T09:00:00.000Z';
const state: NotifierState = { available: true, problem: null, doNotDisturb: null, buttons: true };

let outside: MemoryOutside;
let shown: NotificationContent[];
beforeEach(() => {
  outside = memoryOutside(slot);
  shown = [];
  outside.store.update((file) =>
    addTask(file, {
      ...{ id: 't1', name: 'Backup', createdAt: '2026-11-23T08:30:00.000Z', tags: ['home'] },
      parameters: { command: 'exit 3' },
    }),
  );
});
afterEach(() => outside.dispose());

/** Adds a channel of this desktop, and fires the task in a process without a desktop, which ends. */
async function failsWhileTheAppIsClosed(rule: object): Promise<void> {
  const process = createApplication(outside);
  await (await process.alerts()).setChannel('here', { kind: 'desktop' }, 'cli', rule);
  await (await process.runs()).fire('daily-9am', slot);
  await (await process.alerts()).sendBeforeEnd();
}

const titles = () => shown.map(({ title }) => title);
const states = async () => (await createApplication(outside).alerts()).list().states;
const openApp = async () => {
  const notify = async (content: NotificationContent) => shown.push(content) > 0;
  const notifier = { notify, state: () => state };
  const primary = await createApplication(outside).lead({ listener: quietListener, show: () => undefined, notifier });
  primary.start();
  return primary;
};

it('a failure without a desktop waits for the app, which shows it by the rules', async () => {
  await failsWhileTheAppIsClosed({ events: ['failed'], tags: ['home'] });
  expect(await states()).toMatchObject([{ waiting: 1, dropped: 0, problem: null }]);
  const app = await openApp();
  const afterASecond = () => {
    outside.clock.advance(1000);
    return titles();
  };
  await expect.poll(afterASecond).toEqual(['Backup failed']);
  await app.stop();
  expect(await states()).toMatchObject([{ waiting: 0, dropped: 0 }]);
});

it('its rules hold back what they do not select', async () => {
  await failsWhileTheAppIsClosed({ events: ['failed'], tags: ['work'] });
  expect(await states()).toMatchObject([{ waiting: 0 }]);
});

it('in quiet hours it waits until they are over', async () => {
  await failsWhileTheAppIsClosed({ events: ['failed'], quietHours: { from: '08:00', to: '09:30' } });
  const app = await openApp();
  outside.clock.advance(29 * 60_000);
  expect(titles()).toEqual([]);
  const afterASecond = () => {
    outside.clock.advance(60_000);
    return titles();
  };
  await expect.poll(afterASecond).toEqual(['Backup failed']);
  await app.stop();
});

it('a new channel of this desktop also gets what waits for approval', async () => {
  const { alerts } = await (
    await createApplication(outside).alerts()
  ).setChannel('here', { kind: 'desktop' }, 'window');
  expect(alerts.rules[0]?.events).toContain('proposal');
});
