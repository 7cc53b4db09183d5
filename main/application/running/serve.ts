import type { Application, ServeEvent, ServeOptions } from '../application.ts';
import type { PrimaryFace } from '../../contract/control.ts';
import type { Outside } from '../outside.ts';
import type { OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import type { FollowListener, Primary } from './primary.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { supervise } from '../../services/supervision/supervision.ts';

/** Runs the primary without a window until `stop` is aborted. */
export async function serve(application: Application, outside: Outside, options: ServeOptions): Promise<void> {
  const { clock, ledger, logger, machine, dataDir } = outside;
  const supervision = supervise({ supervisor: await outside.supervisor(), clock, logger });
  const tell = (type: string, fields: Omit<ServeEvent, 'type' | 'at'> = {}): void =>
    options.onEvent({ type, at: clock.nowIso(), ...fields });
  const listener: FollowListener = {
    scheduleChanged: () => tell('schedule'),
    proposalsChanged: () =>
      tell('proposals', { waiting: ledger.proposals({ state: 'pending' }, { limit: 1, offset: 0 }).total }),
    executionsRemoved: (executionIds) => tell('removed', { executionIds }),
    executionsChanged: (executions) => {
      executions.forEach((execution) => tell('execution', { execution }));
      supervision.ended(executions);
    },
    settingsChanged: ({ problem }) => tell('settings', { problem }),
    slotsMissed: () => undefined,
    attentionChanged: ({ begun, over }) => {
      for (const { task, attention } of begun)
        tell('attention', { taskId: task.id, taskName: task.name, ...attention });
      for (const { episode } of over) tell('attention-over', episode);
    },
  };
  const told = both(listener, options.listener);
  let prepared: Promise<void> | null = null;
  const prepare = (): Promise<void> => (prepared ??= options.prepare?.() ?? Promise.resolve());
  const face = (): PrimaryFace => {
    const web = options.web?.() ?? null;
    return { face: 'serve', ...(web !== null && { web }) };
  };
  const started = (osScheduler: OsSchedulerKind): void => tell('started', { dataDir, osScheduler, pid: machine.pid });
  try {
    const primary = await leadOrFollow(application, { ...options, told, prepare, tell, face });
    if (primary !== null) await runPrimary(primary, application, { stop: options.stop, prepare, started });
  } finally {
    supervision.stop();
  }
  tell('stopped');
}

interface Running {
  readonly stop: AbortSignal;
  readonly prepare: () => Promise<void>;
  /** Called once everything runs. */
  readonly started: (osScheduler: OsSchedulerKind) => void;
}

async function runPrimary(primary: Primary, application: Application, running: Running): Promise<void> {
  const { stop, prepare, started } = running;
  try {
    primary.start();
    await prepare();
    const entries = await application.entries();
    await entries.sync();
    started(await entries.kind());
    await aborted(stop);
  } finally {
    // Also after a failed start: otherwise its socket and timers would keep a process alive that runs nothing.
    await primary.stop();
  }
}

interface Leading extends Pick<ServeOptions, 'beside' | 'stop'> {
  readonly told: FollowListener;
  readonly prepare: () => Promise<void>;
  readonly face: () => PrimaryFace;
  readonly tell: (type: string, fields?: Omit<ServeEvent, 'type' | 'at'>) => void;
}

/** Returns the primary, once there is no other; null if `stop` is aborted while another process is it. */
async function leadOrFollow(application: Application, leading: Leading): Promise<Primary | null> {
  const { told, beside, stop, prepare, tell, face } = leading;
  let unfollow: (() => void) | null = null;
  try {
    for (;;) {
      // Asked first: a process that tries to lead loads what runs tasks.
      const other = beside === true ? await application.primary() : null;
      if (other === null) {
        try {
          return await application.lead({ listener: told, show: () => undefined, noticesWake: true, face });
        } catch (problem) {
          if (beside !== true || !isTaken(problem)) throw problem;
        }
      }
      if (unfollow === null) {
        unfollow = await application.follow(told);
        await prepare();
        const { pid, face: by = 'app' } = (await application.primary())?.primary ?? {};
        tell('following', { dataDir: application.dataDir, by, pid: pid ?? null });
      }
      await pause(application.clock, stop);
      if (stop.aborted) return null;
    }
  } finally {
    unfollow?.();
  }
}

const isTaken = (problem: unknown): boolean =>
  problem instanceof SchedulerError && problem.code === 'control/primary-running';

/** How often to look whether the other process has ended, in ms. */
const lookMs = 2000;

/** Waits until the next look, or until `stop` is aborted. */
function pause(clock: Application['clock'], stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      stop.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.setTimer(end, lookMs);
    if (stop.aborted) end();
    else stop.addEventListener('abort', end);
  });
}

function aborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Returns a listener that notifies two. */
function both(one: FollowListener, other: FollowListener | undefined): FollowListener {
  if (other === undefined) return one;
  const tell =
    <E extends keyof FollowListener>(event: E) =>
    (...news: Parameters<FollowListener[E]>): void => {
      for (const listener of [one, other]) (listener[event] as (...given: typeof news) => void)(...news);
    };
  return {
    scheduleChanged: tell('scheduleChanged'),
    proposalsChanged: tell('proposalsChanged'),
    executionsChanged: tell('executionsChanged'),
    executionsRemoved: tell('executionsRemoved'),
    settingsChanged: tell('settingsChanged'),
    slotsMissed: tell('slotsMissed'),
    attentionChanged: tell('attentionChanged'),
  };
}
