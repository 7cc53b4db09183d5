import { expect, it } from 'vitest';
import type { NotificationChoice, NotificationContent } from '../../ports/desktop.ts';
import { FreedesktopNotifier } from './freedesktop-notifier.ts';
import type { SessionBus } from './session-bus.ts';

const content: NotificationContent = {
  key: 'paused:a',
  title: 'Careful is paused',
  body: '',
  urgency: 'normal',
  target: { view: 'overview' },
  taskIds: ['a'],
  buttons: [{ action: 'resume', label: 'Resume' }],
};

/** A bus whose server reports `clicks` and then answers `Notify` with 7. */
async function notifierWith(clicks: readonly (readonly [id: number, action: string])[]) {
  const sent: string[] = [];
  let heard: (signal: { member: string; body: unknown[] }) => void = () => undefined;
  const bus = {
    onSignal: (match: { name?: string }, listener: typeof heard) => {
      if (match.name !== undefined) heard = listener;
      return Promise.resolve();
    },
    onOwner: () => Promise.resolve(),
    onClosed: () => undefined,
    owner: () => Promise.resolve(':1.1'),
    canStart: () => Promise.resolve(true),
    id: () => Promise.resolve('bus'),
    property: () => Promise.resolve(null),
    call: (_server: unknown, method: string, _types?: string, given: readonly unknown[] = []) => {
      if (method === 'GetCapabilities') return Promise.resolve([['actions', 'body-markup']]);
      sent.push(...given.slice(3, 5).map(String));
      for (const [id, action] of clicks) heard({ member: 'ActionInvoked', body: [id, action] });
      return Promise.resolve([7]);
    },
  };
  const memory = { read: () => null, write: () => undefined };
  const notifier = await FreedesktopNotifier.connect(bus as unknown as SessionBus, memory);
  const choices: NotificationChoice[] = [];
  notifier.onChoice((choice) => choices.push(choice));
  return { notifier, sent, choices, click: (id: number) => heard({ member: 'ActionInvoked', body: [id, 'resume'] }) };
}

it('handles a click that arrives before the id of its notification', async () => {
  const { notifier, choices } = await notifierWith([[7, 'resume']]);
  expect(await notifier.notify(content)).toBe(true);
  expect(choices).toEqual([{ target: { view: 'overview' }, taskIds: ['a'], action: 'resume' }]);
});

it('ignores clicks on notifications of other apps, even while sending', async () => {
  const { notifier, choices, click } = await notifierWith([[8, 'resume']]);
  await notifier.notify(content);
  click(9);
  expect(choices).toEqual([]);
  click(7);
  expect(choices).toHaveLength(1);
});

it('shows names and outputs of tasks without tags, and with what would hide or reorder their text', async () => {
  const { notifier, sent } = await notifierWith([]);
  await notifier.notify({
    ...content,
    title: 'Pay\u202e\nnow failed',
    body: '<a href="file:///">exit</a>\u200b\nline 2',
  });
  expect(sent).toEqual(['Pay\\u202e\\nnow failed', '&lt;a href="file:///"&gt;exit&lt;/a&gt;\\u200b\nline 2']);
});
