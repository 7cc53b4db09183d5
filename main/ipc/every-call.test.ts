import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FollowListener } from '../application/running/primary.ts';
import { ipcCalls, type IpcCall } from '../contract/ipc.ts';
import { callExamples, callPlace, type CallPlace } from '../testing/call-examples.ts';

const calls = Object.keys(ipcCalls) as IpcCall[];

/** The listener methods that each call triggers, in alphabetical order; none for calls that change nothing on screen. */
const heard: Readonly<Record<IpcCall, readonly (keyof FollowListener)[]>> = {
  'agents.change': ['settingsChanged'],
  'agents.connect': [],
  'agents.list': [],
  'agents.programs': [],
  'agents.revoke': ['proposalsChanged', 'settingsChanged'],
  'agents.undo': ['scheduleChanged'],
  'alerts.configure': ['settingsChanged'],
  'alerts.list': [],
  'alerts.removeChannel': ['settingsChanged'],
  'alerts.retry': [],
  'alerts.sent': [],
  'alerts.setChannel': ['settingsChanged'],
  'alerts.test': [],
  'app.chooseDirectory': [],
  'app.cleanUp': [],
  'app.closeQuickAdd': [],
  'app.folders': [],
  'app.openLog': [],
  'app.openResultFile': [],
  'app.pauseAll': ['scheduleChanged'],
  'app.previewUninstall': [],
  'app.report': ['scheduleChanged'],
  'app.resumeAll': ['scheduleChanged'],
  'app.snapshot': [],
  'app.uninstall': [],
  'app.installUpdate': [],
  'backups.list': [],
  'backups.restore': ['scheduleChanged'],
  'command.install': [],
  'command.remove': [],
  'command.state': [],
  // A check may find entries that another program changed, so all views of entries are refreshed.
  'doctor.diagnose': ['scheduleChanged'],
  'doctor.fix': ['scheduleChanged'],
  'entries.list': [],
  'entries.others': [],
  'entries.preview': [],
  'environment.compare': [],
  'environment.refresh': [],
  'executions.cancel': ['executionsChanged', 'scheduleChanged'],
  'executions.figures': [],
  'executions.get': [],
  'executions.judge': [],
  'executions.list': [],
  'executions.outcomes': [],
  'executions.rerun': ['executionsChanged', 'scheduleChanged'],
  'fleet.accept': [],
  'fleet.drain': [],
  'fleet.init': [],
  'fleet.join': [],
  'fleet.leave': [],
  'fleet.look': [],
  'fleet.remove': [],
  'fleet.readLog': [],
  'fleet.runs': [],
  'fleet.share': ['scheduleChanged'],
  'fleet.state': [],
  'fleet.unshare': ['scheduleChanged'],
  'fleet.withdraw': [],
  'history.authors': [],
  'history.list': [],
  'history.undo': ['scheduleChanged'],
  'history.undoAll': ['scheduleChanged'],
  'legacy.list': [],
  'legacy.replace': ['scheduleChanged'],
  'logs.follow': [],
  'logs.media': [],
  'logs.read': [],
  'logs.readEnd': [],
  'logs.compare': [],
  'logs.save': [],
  'logs.unfollow': [],
  'machines.call': [],
  'machines.connect': [],
  'machines.list': [],
  'machines.show': [],
  'machines.test': [],
  'proposals.approve': ['proposalsChanged', 'scheduleChanged', 'settingsChanged'],
  'proposals.get': [],
  'proposals.reject': ['proposalsChanged'],
  'reports.group': [],
  'reports.insights': [],
  'reports.missed': [],
  'reports.slot': [],
  'reports.task': [],
  'schedule.load': [],
  'schedule.parse': [],
  'schedule.slots': [],
  'schedule.words': [],
  'calendars.add': ['settingsChanged'],
  'calendars.choices': [],
  'calendars.list': [],
  'calendars.refresh': [],
  'calendars.remove': ['settingsChanged'],
  // Only the settings page shows secrets, and each of these calls returns the full list.
  'secrets.list': [],
  'secrets.remove': [],
  'secrets.set': [],
  // The same holds for sign-ins.
  'servers.cancelSignIn': [],
  'servers.completeSignIn': [],
  'servers.endKept': [],
  'servers.kept': [],
  'servers.signIn': [],
  'servers.signIns': [],
  'servers.signOut': [],
  'settings.get': [],
  'settings.update': ['settingsChanged'],
  'tasks.bulk': ['scheduleChanged'],
  'tasks.create': ['scheduleChanged'],
  'tasks.delete': ['scheduleChanged'],
  'tasks.forgetSeen': [],
  'tasks.missed': [],
  'tasks.pause': ['scheduleChanged'],
  'tasks.resume': ['scheduleChanged'],
  'tasks.skipNext': ['scheduleChanged'],
  'tasks.test': ['executionsChanged', 'scheduleChanged'],
  'tasks.trigger': ['executionsChanged', 'scheduleChanged'],
  'tasks.backfillPreview': [],
  'tasks.backfill': ['executionsChanged', 'scheduleChanged'],
  'tasks.stopBackfill': [],
  'tasks.update': ['scheduleChanged'],
  'tasks.why': [],
  'tools.list': [],
  'transfer.apply': ['scheduleChanged'],
  'transfer.export': [],
  'transfer.found': [],
  'transfer.open': [],
  'transfer.preview': [],
};

/** Longer than any listener collects changes, in ms. */
const toldMs = 1000;
let place: CallPlace;
let listener: { readonly [E in keyof FollowListener]: ReturnType<typeof vi.fn<FollowListener[E]>> };
let stop: () => Promise<void>;

beforeEach(async () => {
  place = await callPlace();
  listener = {
    executionsChanged: vi.fn(),
    executionsRemoved: vi.fn(),
    proposalsChanged: vi.fn(),
    scheduleChanged: vi.fn(),
    settingsChanged: vi.fn(),
    slotsMissed: vi.fn(),
    attentionChanged: vi.fn(),
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
  test.each(calls)('%s notifies exactly who shows what it changed', async (name) => {
    expect(await exampleOf(name)).toMatchObject({ ok: true });
    place.application.clock.advance(toldMs);
    const told = Object.entries(listener).filter(([, method]) => method.mock.calls.length > 0);
    expect(told.map(([method]) => method)).toEqual(heard[name]);
  });
});
