import { expect, it, vi } from 'vitest';
import { memoryApplication } from '../testing/memory-application.ts';
import { memoryHost } from '../testing/memory-host.ts';
import { Announcer } from './announcer.ts';

it('tells the windows of missed slots, and the notifications of each slot', async () => {
  const application = memoryApplication();
  const { clock, outside } = application;
  const send = vi.fn();
  const ofRuns = { executionsChanged: vi.fn(), slotsSettled: vi.fn(), scheduleChanged: vi.fn(), close: vi.fn() };
  const notifier = {
    notify: () => Promise.resolve(true),
    withdraw: () => undefined,
    state: () => ({ available: true, problem: null, doNotDisturb: false, buttons: true }),
    onChoice: () => undefined,
    onStateChange: () => undefined,
  };
  const announcer = new Announcer({
    outside,
    windows: { send },
    snapshots: await application.snapshots(),
    notifications: ofRuns,
    attention: { executionsChanged: vi.fn(), attentionChanged: vi.fn() },
    desktop: { notifier, state: () => memoryHost().desktopState(), settingsChanged: vi.fn() },
    proposals: { tell: vi.fn() },
  });
  const slot = '2026-11-23T09:00:00.000Z';
  for (const taskId of ['t1', 't2']) announcer.slotsSettled([{ taskId, slot, reason: 'missed' }]);
  // A wake-up settles the slots of many tasks, one after the other: windows get one event.
  for (let task = 0; task < 10; task += 1) announcer.slotsMissed();
  clock.advance(1000);
  expect(send.mock.calls).toEqual([['slots.missed', {}]]);
  expect(ofRuns.slotsSettled).toHaveBeenCalledTimes(2);
  application.dispose();
});
