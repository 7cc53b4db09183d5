import type { Application, ServeEvent, ServeOptions } from '../application.ts';
import type { Outside } from '../outside.ts';
import type { PrimaryListener } from './primary.ts';

/** Runs the primary without a window until `stop` is aborted. */
export async function serve(application: Application, outside: Outside, options: ServeOptions): Promise<void> {
  const { clock, ledger, machine, dataDir } = outside;
  const tell = (type: string, fields: Omit<ServeEvent, 'type' | 'at'> = {}): void =>
    options.onEvent({ type, at: clock.nowIso(), ...fields });
  const listener: PrimaryListener = {
    scheduleChanged: () => tell('schedule'),
    proposalsChanged: () =>
      tell('proposals', { waiting: ledger.proposals({ state: 'pending' }, { limit: 1, offset: 0 }).total }),
    executionsRemoved: (executionIds) => tell('removed', { executionIds }),
    executionsChanged: (executions) => executions.forEach((execution) => tell('execution', { execution })),
    settingsChanged: ({ problem }) => tell('settings', { problem }),
    slotsSettled: () => undefined,
    attentionChanged: ({ begun, over }) => {
      for (const { task, attention } of begun)
        tell('attention', { taskId: task.id, taskName: task.name, ...attention });
      for (const { episode } of over) tell('attention-over', episode);
    },
  };
  const primary = await application.lead({ listener: both(listener, options.listener), show: () => undefined });
  try {
    primary.start();
    await options.prepare?.();
    const entries = await application.entries();
    await entries.sync();
    tell('started', { dataDir, osScheduler: await entries.kind(), pid: machine.pid });
    await new Promise<void>((resolve) => {
      if (options.stop.aborted) resolve();
      else options.stop.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    // Also after a failed start: otherwise its socket and timers would keep a process alive that runs nothing.
    await primary.stop();
  }
  tell('stopped');
}

/** Returns a listener that notifies two. */
function both(one: PrimaryListener, other: PrimaryListener | undefined): PrimaryListener {
  if (other === undefined) return one;
  const tell =
    <E extends keyof PrimaryListener>(event: E) =>
    (...news: Parameters<PrimaryListener[E]>): void => {
      for (const listener of [one, other]) (listener[event] as (...given: typeof news) => void)(...news);
    };
  return {
    scheduleChanged: tell('scheduleChanged'),
    proposalsChanged: tell('proposalsChanged'),
    executionsChanged: tell('executionsChanged'),
    executionsRemoved: tell('executionsRemoved'),
    settingsChanged: tell('settingsChanged'),
    slotsSettled: tell('slotsSettled'),
    attentionChanged: tell('attentionChanged'),
  };
}
