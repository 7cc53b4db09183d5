import type { Application } from '../../application/application.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Task } from '../../contract/task.ts';
import { addAgentRuns } from './agent-run-seeds.ts';
import { addAlerts } from './alert-seeds.ts';
import { addHardProposals, addProposals } from './agent-seeds.ts';
import { addCalendars } from './calendar-seeds.ts';
import { addDoubtfulRun } from './doubt-seeds.ts';
import { addFailures, spoilEntries } from './error-seeds.ts';
import { addFleet } from './fleet-seeds.ts';
import { addEvents } from './event-seeds.ts';
import { addReadableLogs } from './log-seeds.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { addNames } from './name-seeds.ts';
import { addOnDemand } from './on-demand-seeds.ts';
import { addRunning, addRuns, historyOf, manyRuns } from './run-seeds.ts';
import { addOthers } from './others-seeds.ts';
import { crontab, otherMachines, typicalDrafts } from './samples.ts';
import { addSignIns } from './server-seeds.ts';
import { addTasks } from './task-seeds.ts';
import { addUnusual } from './unusual-seeds.ts';
import { settingsWithServers, type WindowOutside } from './window-outside.ts';

export type Scenario =
  | 'empty'
  | 'typical'
  | 'names'
  | 'full'
  | 'error'
  | 'doubtful'
  | 'missed'
  | 'logs'
  | 'newcomer'
  | 'first-start'
  | 'unusual'
  | 'machines'
  | 'alerts'
  | 'fleet'
  | 'agents'
  | 'sign-ins'
  | 'calendars'
  | 'on-demand'
  | 'events';

export interface Place {
  readonly outside: WindowOutside;
  readonly application: Application;
  readonly bridge: MemoryBridge;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Fills the ports, directly and through the application, with the data of each scenario. */
export const scenarios: Readonly<Record<Scenario, (place: Place) => Promise<void>>> = {
  empty: () => Promise.resolve(),
  typical: fillTypical,
  names: ({ outside, application }) => addNames(outside, application),
  full: fillFull,
  error: fillError,
  doubtful: fillDoubtful,
  missed: fillMissed,
  logs: fillLogs,
  unusual: typicalAnd(({ outside }) => addUnusual(outside)),
  alerts: typicalAnd(addAlerts),
  fleet: typicalAnd(addFleet),
  agents: typicalAnd(addAgentRuns),
  'sign-ins': typicalAnd(addSignIns),
  calendars: typicalAnd(addCalendars),
  'on-demand': typicalAnd(addOnDemand),
  events: typicalAnd(addEvents),
  'first-start': ({ outside }) => Promise.resolve(void outside.settings.update({ tourSeen: false })),
  newcomer: fillNewcomer,
  machines: typicalAnd(({ outside }) => void outside.settings.update({ machines: otherMachines })),
};

/** Returns a scenario with the typical data and what `add` adds. */
function typicalAnd(add: (place: Place) => void | Promise<void>) {
  return async (place: Place): Promise<void> => {
    await fillTypical(place);
    await add(place);
  };
}

function fillNewcomer({ outside }: Place): Promise<void> {
  outside.crontab.text = crontab;
  addOthers(outside);
  return Promise.resolve();
}

async function fillTypical({ outside, application }: Place): Promise<void> {
  addOthers(outside);
  const { clock, settings } = outside;
  settings.update({ mcpServers: settingsWithServers('filesystem') });
  const first = await taskWithPast(application, outside);
  const nowMs = clock.now();
  const rest = await clock.ago(95 * minuteMs, async () => {
    const others = addTasks(outside, typicalDrafts.slice(1), nowMs);
    const last = others.at(-1);
    const note = 'until the new disk is here';
    if (last !== undefined) await (await application.tasks()).pause(last.id, { note }, 'window');
    return others;
  });
  await (await application.entries()).sync();
  const tasks = [first, ...rest];
  addRuns(
    outside,
    tasks.flatMap((task, index) => historyOf(task, nowMs, index)),
  );
  addRunning(outside, first);
}

/** Adds a success that looks like a failure, and a task that ran after it. */
async function fillDoubtful(place: Place): Promise<void> {
  await fillTypical(place);
  const [, deploy, ping] = Object.values(place.outside.store.read().tasks);
  if (deploy !== undefined && ping !== undefined) addDoubtfulRun(place.outside, deploy, ping);
}

const deployNote =
  'Deploys **staging** from `main`.\n\n- Ask Ada before a release\n- [Runbook](https://example.org/runbook)';

/** Adds slots that did not run: two days while the machine was off, and one that somebody skipped. The task has notes. */
async function fillMissed(place: Place): Promise<void> {
  await fillTypical(place);
  const { ledger, store } = place.outside;
  const [, deploy] = Object.values(store.read().tasks);
  store.update(({ tasks }) => {
    const noted = tasks[deploy?.id ?? ''];
    if (noted !== undefined) noted.description = deployNote;
  });
  const at = '2026-11-24T20:00:00.000Z';
  const missed = ['2026-11-22T08:00:00.000Z', '2026-11-23T08:00:00.000Z'].map((slot) => ({
    ...{ taskId: deploy?.id ?? '', slot, reason: 'missed' as const, at },
    detail: 'the scheduler was not running, and catch-up is off',
  }));
  const skipped = { ...{ taskId: deploy?.id ?? '', slot: '2026-11-24T08:00:00.000Z', at }, detail: null };
  ledger.decide([...missed, { ...skipped, reason: 'skip-next' }]);
}

/** Adds a good run and a failed one, whose logs have groups, JSON and links. */
async function fillLogs(place: Place): Promise<void> {
  await fillTypical(place);
  const [, deploy] = Object.values(place.outside.store.read().tasks);
  if (deploy !== undefined) addReadableLogs(place.outside, deploy);
}

/** Creates the first task, with changes by the migration, an agent and people. */
async function taskWithPast(application: Application, { clock, store }: WindowOutside): Promise<Task> {
  const tasks = await application.tasks();
  const [draft] = typicalDrafts;
  const earlier = { ...draft, schedule: 'every hour', description: 'every hour' };
  const { task } = await clock.ago(90 * hourMs, () => tasks.create(earlier, 'migration'));
  const change = { schedule: draft?.schedule, description: null };
  await clock.ago(30 * hourMs, () => tasks.update(task.id, change, 'mcp:claude-desktop@1.2.0'));
  await clock.ago(2.6 * hourMs, () => tasks.pause(task.id, { note: 'the disk is full' }, 'window'));
  await clock.ago(2.5 * hourMs, () => tasks.resume(task.id, 'cli'));
  return store.read().tasks[task.id] ?? task;
}

/** Adds as many tasks and runs as the window must handle. */
async function fillFull(place: Place): Promise<void> {
  const { outside, application } = place;
  await fillTypical(place);
  addOthers(outside, 2000);
  const nowMs = outside.clock.now();
  const drafts = Array.from({ length: 800 }, (_, index) => {
    const [group, member] = [Math.floor(index / 4), index % 4];
    const template = typicalDrafts[(group + member) % typicalDrafts.length];
    const schedule = `${group % 60} ${group % 24} * * ${member % 2 === 0 ? '*' : '1-5'}`;
    return { ...template, name: `${template?.name} ${group + 1}.${member + 1}`, schedule } as (typeof typicalDrafts)[0];
  });
  addTasks(outside, drafts, nowMs);
  addRuns(outside, manyRuns(Object.values(outside.store.read().tasks), nowMs));
  await (await application.entries()).sync();
  await addHardProposals(application, outside.clock);
  await addProposals(application, outside.clock);
}

/** Adds everything that can be wrong, all at once. */
async function fillError(place: Place): Promise<void> {
  const { outside, application, bridge } = place;
  const { clock, store, settings } = outside;
  await fillTypical(place);
  settings.update({ mcpServers: settingsWithServers('filesystem', 'github') });
  addFailures(outside);
  const { timings } = store.read();
  await clock.ago(hourMs, async () => (await application.tasks()).pauseAll({ note: 'moving house' }, 'window'));
  await addProposals(application, clock);
  spoilEntries(outside, Object.keys(timings));
  outside.osScheduler('cron').others.push({
    ...{ timingId: 'daily-9am', kind: 'cron', state: 'legacy', key: null },
    ...{ path: 'crontab', detail: '0 9 * * * ncp' },
  });
  outside.spoilBackup('schedule.json.backup-3');
  store.setState({
    state: 'read-only',
    message:
      'schedule.json is not valid JSON (line 41). It was left as it is. Choose a backup, or repair the file: it is read again when it changes.',
  });
  bridge.breakCall(
    'executions.list',
    new SchedulerError('store/damaged', 'ledger.db is damaged: its first page is not readable.'),
  );
}
