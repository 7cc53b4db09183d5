import { listenControl } from '../adapters/control/server.ts';
import { controlPath } from '../adapters/control/control-path.ts';
import type { NavigationTarget } from '../contract/control.ts';
import type { ControlHandlers } from '../ports/control.ts';
import { ChangeFeed, type ChangeListener } from '../services/desktop/change-feed.ts';
import { PrimaryScheduler } from '../services/firing/primary-scheduler.ts';
import { followSettings, type SettingsNews } from '../services/settings/settings-follower.ts';
import { WarmWorkers } from '../services/firing/warm-workers.ts';
import type { Core } from './core.ts';
import type { Engine } from './engine.ts';
import type { ExecutionEvents } from './execution-events.ts';
import { retentionOf } from './retention.ts';
import { migrateFromNcp } from './ncp-migration.ts';

export interface PrimaryOptions {
  /** After an edit of config.json, by hand or by another process. */
  readonly settingsChanged: (news: SettingsNews) => void;
  readonly core: Core;
  readonly engine: Engine;
  readonly events: ExecutionEvents;
  readonly version: string;
  readonly listener: ChangeListener;
  /** Brings the window to the front. Without a window (`serve`) this does nothing. */
  readonly show: (target: NavigationTarget | undefined) => void;
}

/** The one process of a data directory that fires groups by itself and answers on the control socket. */
export interface Primary {
  readonly scheduler: PrimaryScheduler;
  readonly feed: ChangeFeed;
  /** Looks after what the last process left behind, and fires from now on. False: it was stopped before. */
  start(): boolean;
  /** Stops firing and answering, then ends what runs. */
  stop(): Promise<void>;
}

/** @throws SchedulerError `control/primary-running` when another process is the primary already. */
export async function becomePrimary(options: PrimaryOptions): Promise<Primary> {
  const { core, engine, listener } = options;
  const { store, ledger, clock, logger, tasks, facts, paths, settings } = core;
  const feed = new ChangeFeed({ store, ledger, clock, logger }, listener);
  const control = await listenControl(controlPath(paths.dir), handlersOf(options, feed));
  const taken = await migrateFromNcp(core);
  if (taken !== null) logger.info('Took over the tasks of ncp', { tasks: taken.tasks.length, skipped: taken.skipped });
  const workers = new WarmWorkers({
    warm: (tools) => engine.warm(tools),
    most: () => settings.read().warmWorkers,
    logger,
  });
  const scheduler = new PrimaryScheduler({ store, clock, executor: engine.executor, tasks, facts, workers, logger });
  const retention = retentionOf(core, (executionIds) => listener.executionsRemoved([...executionIds]));
  options.events.listen({ started: () => feed.refresh(), ended: () => feed.refresh() });
  const stopWatching = settings.watch(() => engine.executor.adoptLimit());
  let stopped = false;
  const start = (): boolean => {
    if (stopped) return false;
    feed.start();
    engine.recovery.run();
    scheduler.start();
    retention.start();
    return true;
  };
  const stopFollowing = followSettings(core, options.settingsChanged);
  const stop = async (): Promise<void> => {
    stopped = true;
    stopFollowing();
    scheduler.stop();
    retention.stop();
    stopWatching();
    await engine.stop();
    feed.stop();
    await control.close();
  };
  return { scheduler, feed, start, stop };
}

function handlersOf({ engine, version, show }: PrimaryOptions, feed: ChangeFeed): ControlHandlers {
  const { executor } = engine;
  return {
    ping: async () => ({ pid: process.pid, version }),
    'timing.run': async ({ timingId, slot }) => executor.fireTiming(timingId, slot === undefined ? {} : { slot }),
    'task.trigger': async ({ taskId, wait, test }) => {
      const run = await executor.runTask(taskId, test ? 'test' : 'manual');
      return { execution: wait ? await run.finished : engine.attempts.read(run.executionId) };
    },
    'task.test': async ({ draft }) => ({ execution: await (await engine.testRuns.begin(draft)).finished }),
    'execution.cancel': async ({ executionId }) => ({ execution: await executor.cancel(executionId) }),
    'store.changed': async () => {
      feed.refresh();
      return {};
    },
    'window.show': async ({ target }) => {
      show(target);
      return {};
    },
  };
}
