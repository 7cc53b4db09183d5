import type { EventName } from '../../contract/events.ts';
import { eventsOfEntry } from '../../contract/os-scheduler-kinds.ts';
import type { NavigationTarget, PrimaryFace } from '../../contract/control.ts';
import type { Task } from '../../contract/task.ts';
import type { Settings } from '../../contract/settings.ts';
import { sharesWorker } from '../../domain/policy/shared-worker.ts';
import type { ControlHandlers, ControlServer } from '../../ports/control.ts';
import type { AlertNotifier } from '../../services/alerts/desktop-delivery.ts';
import { AttentionWatch, type AttentionNews } from '../../services/attention/attention-watch.ts';
import { CalendarKeeper } from '../../services/calendars/calendar-keeper.ts';
import { ChangeFeed, type ChangeListener } from '../../services/desktop/change-feed.ts';
import { PrimaryScheduler } from '../../services/firing/primary-scheduler.ts';
import { WarmWorkers } from '../../services/firing/warm-workers.ts';
import type { SettledSlot } from '../../services/schedule/slot-planner.ts';
import { CredentialKeeper } from '../../services/credentials/credential-keeper.ts';
import { EnvironmentKeeper } from '../../services/environment/environment-keeper.ts';
import { Retention } from '../../services/retention/retention.ts';
import { RunIndexing } from '../../services/retention/run-indexing.ts';
import { followSettings } from '../../services/settings/settings-follower.ts';
import type { Core } from '../core.ts';
import { FleetFollower } from '../fleet/fleet-follower.ts';
import type { Engine } from './engine.ts';
import { credentialLook } from '../sign-ins/check-sign-ins.ts';
import { migrateFromNcp } from '../ncp-migration.ts';
import type { Outside } from '../outside.ts';

/** Is notified of every change, whichever process made it. */
export interface FollowListener extends Omit<ChangeListener, 'executionsRemoved'> {
  executionsRemoved(executionIds: readonly string[]): void;
  /** `problem` says why the file on disk is not used, with line and reason; null if the file is used. */
  settingsChanged(news: { readonly settings: Settings; readonly problem: string | null }): void;
  /** Tasks began to need attention (late, too long, overdue), or need it no more. */
  attentionChanged(news: AttentionNews): void;
}

export interface PrimaryListener extends FollowListener {
  /** This process recorded why these slots did not run. */
  slotsSettled?(slots: readonly SettledSlot[]): void;
}

export interface PrimaryOptions {
  readonly listener: PrimaryListener;
  /** Brings the window to the front. Without a window (`serve`) this does nothing. */
  readonly show: (target: NavigationTarget | undefined) => void;
  /** What this process answers to others that ask who it is. @default nothing */
  readonly face?: (() => PrimaryFace) | undefined;
  /** Shows alerts of channels of kind `desktop`. Absent without a desktop: they wait for a process that has one. */
  readonly notifier?: AlertNotifier;
  /** True looks by itself whether the machine slept. @default false: `happened` is called */
  readonly noticesWake?: boolean;
}

/** Sends alerts while a primary runs. */
export interface AlertSending {
  start(): void;
  /** Something changed, perhaps by another process. */
  wake(): void;
  /** Adds the alerts that follow from time. */
  beat(): void;
  stop(): Promise<void>;
}

/** The only process of a data directory that fires groups on its own and answers on the control socket. */
export interface Primary {
  /** Recovers runs that the previous process left unfinished and starts firing. Returns false if already stopped. */
  start(): boolean;
  /** Fires every group once, after sleep or a clock change. */
  sweep(): void;
  /** Fires the groups of an event that only the desktop sees. */
  happened(event: 'wake' | 'unlock'): void;
  /** Stops firing, ends the active runs, then stops answering. */
  stop(): Promise<void>;
}

/** Makes this process the primary. @throws SchedulerError `control/primary-running` if another process already is. */
export async function becomePrimary(
  outside: Outside,
  core: Core,
  engine: Engine,
  { listener, show, face, alerts, noticesWake = false }: PrimaryOptions & { readonly alerts: AlertSending },
): Promise<Primary> {
  const control = await outside.control.listen(handlersOf(engine, outside.machine, { show, face }));
  try {
    return await primaryOf(outside, core, engine, { listener, control, alerts, noticesWake });
  } catch (error) {
    // Otherwise this process would keep answering as a primary that fires nothing.
    await control.close();
    throw error;
  }
}

interface PrimaryParts extends Pick<PrimaryOptions, 'listener' | 'noticesWake'> {
  readonly control: ControlServer;
  readonly alerts: AlertSending;
}

function warmWorkers({ settings, logger, machine }: Outside, { planner }: Core, engine: Engine): WarmWorkers {
  const most = () => settings.read().warmWorkers;
  const toolOf = (task: Task): string | null =>
    sharesWorker(task, planner.policies(task), machine.platform) ? null : task.tool;
  return new WarmWorkers({ warm: (tools, shared) => engine.warm(tools, shared), toolOf, most, logger });
}

/** @param sweep fires every group once */
function fleetFollower(outside: Outside, { fleet }: Core, { lostRuns }: Engine, sweep: () => void): FleetFollower {
  return new FleetFollower(outside, fleet, {
    returned: sweep,
    lost: (claims) => void lostRuns.takeOver(claims),
  });
}

async function primaryOf(
  outside: Outside,
  core: Core,
  engine: Engine,
  { listener, control, alerts, noticesWake = false }: PrimaryParts,
): Promise<Primary> {
  const { store, ledger, clock, logger, settings } = outside;
  const { tasks, facts, sync, planner, settingsEdits: edits } = core;
  const { checkAttention, heard } = watchAttention(outside, core, listener, alerts);
  const taken = await migrateFromNcp(outside);
  if (taken !== null) logger.info('Migrated the tasks of ncp', { tasks: taken.tasks.length, skipped: taken.skipped });
  const feed = new ChangeFeed({ store, ledger, clock, logger, sync }, heard);
  const workers = warmWorkers(outside, core, engine);
  const machine = await outside.machineEvents();
  const scheduler = new PrimaryScheduler({
    ...{ store, clock, executor: engine.executor, tasks, facts },
    slotsOf: (task, afterMs, untilMs, limit) => planner.slots(task, afterMs, untilMs, limit),
    workers,
    recovery: engine.recovery,
    checkAttention,
    firedGroups: await outside.firedGroups(() => sync.kind()),
    events: core.events,
    unfired: (events) => unfiredBy(sync, events),
    sleptMs: () => (noticesWake ? machine.sleptMs() : null),
    logger,
  });
  const onRemoved = (executionIds: readonly string[]): void => listener.executionsRemoved(executionIds);
  const retention = new Retention({ ledger, settings, clock, logger, logs: await outside.logRemoval(), onRemoved });
  const environment = new EnvironmentKeeper({ loginShell: () => outside.loginShell(), clock, logger });
  const calendars = new CalendarKeeper({ store, days: core.calendarDays, clock, logger });
  const fleet = fleetFollower(outside, core, engine, () => scheduler.sweep());
  const credentials = credentialKeeper(outside, core, engine, checkAttention);
  const chores = [retention, new RunIndexing({ ledger, clock, logger }), environment, calendars, fleet, credentials];
  const stops = [
    settings.watch(() => engine.executor.adoptLimit()),
    planner.watch((slots) => listener.slotsSettled?.(slots)),
    followSettings({ settings, sync, logger, edits }, (news) => listener.settingsChanged(news)),
  ];
  let stopped = false;
  const start = (): boolean => {
    if (stopped) return false;
    feed.start();
    engine.recovery.run();
    scheduler.start();
    for (const chore of chores) chore.start();
    alerts.start();
    return true;
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    for (const stopWatching of stops) stopWatching();
    scheduler.stop();
    for (const chore of chores) chore.stop();
    await engine.stop();
    await alerts.stop();
    feed.stop();
    await control.close();
  };
  return { start, sweep: () => scheduler.sweep(), happened: (event) => scheduler.happened(event), stop };
}

/** Returns those of the events at which no entry of the OS scheduler in use starts tasks. */
async function unfiredBy(sync: Pick<Core['sync'], 'kind'>, events: readonly EventName[]) {
  const fired = eventsOfEntry(await sync.kind(), events);
  return events.filter((event) => !fired.includes(event));
}

function credentialKeeper(outside: Outside, core: Core, engine: Engine, changed: () => void): CredentialKeeper {
  const { clock, logger } = outside;
  return new CredentialKeeper({
    look: credentialLook(outside, core, async () => engine.credentials),
    clock,
    logger,
    changed,
  });
}

/** Returns the check for the scheduler's beat, and a listener that also checks after changes of runs. */
function watchAttention({ store, ledger }: Outside, core: Core, listener: PrimaryListener, alerts: AlertSending) {
  const attention = new AttentionWatch({ store, ledger, attention: core.attention });
  const checkAttention = (): void => {
    alerts.beat();
    alerts.wake();
    const news = attention.check();
    if (news.begun.length + news.over.length > 0) listener.attentionChanged(news);
  };
  const heard: ChangeListener = {
    executionsChanged: (executions) => {
      listener.executionsChanged(executions);
      alerts.wake();
      // Notifies at once when something is over; the scheduler's beat finds what begins.
      if (attention.hasOpen) checkAttention();
    },
    scheduleChanged: () => listener.scheduleChanged(),
    proposalsChanged: () => listener.proposalsChanged(),
    slotsMissed: () => listener.slotsMissed(),
  };
  return { checkAttention, heard };
}

function handlersOf(
  { executor, attempts, testRuns, pastSlots, servers }: Engine,
  { pid, version }: Outside['machine'],
  { show, face }: Pick<PrimaryOptions, 'show' | 'face'>,
): ControlHandlers {
  return {
    ping: async () => ({ pid, version, ...face?.() }),
    'timing.run': async ({ timingId, slot }) => executor.fireTiming(timingId, slot === undefined ? {} : { slot }),
    'task.trigger': async ({ taskId, wait, test }) => {
      const run = await executor.runTask(taskId, test ? 'test' : 'manual');
      return { execution: wait ? await run.finished : attempts.read(run.executionId) };
    },
    'task.run-approved': async ({ taskId, approval }) => {
      const run = await executor.runTask(taskId, 'manual', approval);
      return { execution: attempts.read(run.executionId) };
    },
    'task.test-approved': async ({ draft, approval }) => ({
      execution: await (await testRuns.begin(draft, approval)).finished,
    }),
    'task.test': async ({ draft }) => ({ execution: await (await testRuns.begin(draft)).finished }),
    'slot.run-past': async ({ taskId, ...past }) => ({ execution: await pastSlots.run(taskId, past) }),
    'slot.run-past-approved': async ({ taskId, approval, ...past }) => ({
      execution: await pastSlots.run(taskId, past, approval),
    }),
    'execution.cancel': async ({ executionId }) => ({ execution: await executor.cancel(executionId) }),
    'servers.kept': async () => ({ kept: await servers.facts() }),
    'servers.end': async ({ server }) => {
      await servers.end(server);
      return { kept: await servers.facts() };
    },
    'window.show': async ({ target }) => {
      show(target);
      return {};
    },
  };
}
