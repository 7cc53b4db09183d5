import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrimaryListener } from '../application/running/primary.ts';
import { ipcCalls, type IpcCall } from '../contract/ipc.ts';
import { callExamples, callPlace, type CallPlace } from '../testing/call-examples.ts';

const calls = Object.keys(ipcCalls) as IpcCall[];

/** The listener method that each call triggers; null for calls that change nothing on screen. */
const heard: Readonly<Record<IpcCall, keyof PrimaryListener | null>> = {
  'agents.change': 'settingsChanged',
  'agents.list': null,
  'agents.revoke': 'proposalsChanged',
  'agents.undo': 'scheduleChanged',
  'app.chooseDirectory': null,
  'app.closeQuickAdd': null,
  'app.openLog': null,
  'app.pauseAll': 'scheduleChanged',
  'app.report': 'scheduleChanged',
  'app.resumeAll': 'scheduleChanged',
  'app.snapshot': null,
  'backups.list': null,
  'backups.restore': 'scheduleChanged',
  'command.install': null,
  'command.remove': null,
  'command.state': null,
  // A check may find entries that another program changed, so all views of entries are refreshed.
  'doctor.diagnose': 'scheduleChanged',
  'doctor.fix': 'scheduleChanged',
  'environment.compare': null,
  'environment.refresh': null,
  'executions.cancel': 'executionsChanged',
  'executions.get': null,
  'executions.list': null,
  'executions.outcomes': null,
  'executions.rerun': 'executionsChanged',
  'history.list': null,
  'history.undo': 'scheduleChanged',
  'history.undoAll': 'scheduleChanged',
  'legacy.list': null,
  'legacy.replace': 'scheduleChanged',
  'logs.follow': null,
  'logs.read': null,
  'logs.unfollow': null,
  'proposals.approve': 'proposalsChanged',
  'proposals.get': null,
  'proposals.reject': 'proposalsChanged',
  'schedule.load': null,
  'schedule.parse': null,
  'schedule.slots': null,
  // Only the settings page shows secrets, and each of these calls returns the full list.
  'secrets.list': null,
  'secrets.remove': null,
  'secrets.set': null,
  'settings.get': null,
  'settings.update': 'settingsChanged',
  'tasks.create': 'scheduleChanged',
  'tasks.delete': 'scheduleChanged',
  'tasks.missed': null,
  'tasks.pause': 'scheduleChanged',
  'tasks.resume': 'scheduleChanged',
  'tasks.test': 'executionsChanged',
  'tasks.trigger': 'executionsChanged',
  'tasks.update': 'scheduleChanged',
  'tasks.why': null,
  'tools.list': null,
  'transfer.apply': 'scheduleChanged',
  'transfer.export': null,
  'transfer.open': null,
  'transfer.preview': null,
};

/** Longer than any listener collects changes, in ms. */
const toldMs = 1000;
let place: CallPlace;
let listener: { readonly [E in keyof PrimaryListener]: ReturnType<typeof vi.fn<PrimaryListener[E]>> };
let stop: () => Promise<void>;

beforeEach(async () => {
  place = await callPlace();
  listener = {
    executionsChanged: vi.fn(),
    executionsRemoved: vi.fn(),
    proposalsChanged: vi.fn(),
    scheduleChanged: vi.fn(),
    settingsChanged: vi.fn(),
    slotsSettled: vi.fn(),
  };
  const primary = await place.application.lead({ listener, show: () => undefined });
  primary.start();
  stop = () => primary.stop();
});
afterEach(async () => {
  await place.passing(stop());
  place.dispose();
});

/** Makes a call with its example input. Clears earlier notifications first. */
async function exampleOf(name: IpcCall) {
  const input = await callExamples[name](place);
  place.application.clock.advance(toldMs);
  vi.clearAllMocks();
  // The compiler cannot infer that the example is the input of the same call.
  return place.passing(place.bridge.call(name, input as never));
}

describe('every call', () => {
  test.each(calls)('%s returns what its contract declares', async (name) => {
    const answer = await exampleOf(name);
    expect(answer).toMatchObject({ ok: true });
    if (answer.ok) ipcCalls[name].output.parse(answer.value);
  });

  test.each(calls)('%s rejects invalid input', async (name) => {
    const answer = await place.bridge.call(name, null as never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'usage/invalid-input' } });
  });

  test.each(calls.filter((name) => heard[name] !== null))('%s notifies the listener', async (name) => {
    await exampleOf(name);
    place.application.clock.advance(toldMs);
    expect(listener[heard[name] ?? 'scheduleChanged']).toHaveBeenCalled();
  });

  test.each(calls.filter((name) => heard[name] === null))('%s notifies nobody', async (name) => {
    await exampleOf(name);
    place.application.clock.advance(toldMs);
    for (const told of Object.values(listener)) expect(told).not.toHaveBeenCalled();
  });
});
