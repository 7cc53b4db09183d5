import type { Bridge } from '../main/contract/ipc.ts';
import type { ScheduleChange } from '../main/contract/schedule-change.ts';
import { ScheduleFollower, type Followed } from '../main/contract/schedule-follower.ts';
import type { Snapshot } from '../main/contract/snapshot.ts';
import { sentenceOf } from './bridge/bridge-error.ts';
import type { Call } from './bridge/client.ts';
import type { Commands } from './commands/commands.ts';
import { applyChanges, applyRemoval, mergeRecent } from './stores/executions-store.ts';
import { showToast } from './stores/toast-store.ts';
import { text } from './text/en.ts';
import type { Stores } from './stores/stores.ts';

/** Delays between attempts to reach the main process, in ms. The last one repeats. */
const RETRY_WAITS = [200, 500, 1000, 2000, 5000];

/**
 * Connects the stores to the main process. Only this function listens to the bridge. It subscribes to events before it
 * fetches the snapshot, so that no change is lost. Returns the function that disconnects.
 */
export function subscribe(bridge: Bridge, call: Call, stores: Stores, commands: Commands): () => void {
  const readOnOpenLog = (executionId: string) => {
    if (stores.log.getState().executionId === executionId) void commands.log.readOn();
    if (stores.testLog.getState().executionId === executionId) void commands.testLog.readOn();
  };
  const stops = [
    bridge.on('schedule.changed', (change) => connection.take(change)),
    bridge.on('executions.changed', ({ executions }) => {
      stores.executions.setState((state) => applyChanges(state, executions));
      for (const { executionId } of executions) readOnOpenLog(executionId);
      commands.missed.ran(executions);
    }),
    bridge.on('executions.removed', ({ executionIds }) =>
      stores.executions.setState((state) => applyRemoval(state, executionIds)),
    ),
    bridge.on('settings.changed', ({ settings, problem }) => commands.settings.take(settings, problem)),
    bridge.on('slots.missed', () => void commands.missed.load()),
    bridge.on('logs.grew', ({ executionId }) => readOnOpenLog(executionId)),
    bridge.on('refused', ({ message }) => showToast(stores.toasts, { tone: 'error', message })),
    stores.navigation.subscribe(({ route }, before) => {
      const isLeft = route !== before.route && route.view !== 'executions' && route.view !== 'execution';
      if (isLeft) stores.executions.setState({ visit: null });
    }),
    bridge.on('connection', ({ lost }) => {
      if (lost) stores.schedule.setState({ connection: 'failed', failure: text.web.lost });
      else connectAgain();
    }),
    bridge.on('navigate', (target) => {
      // The window shows another machine then, see `fleet.ts`.
      if (!('machine' in target) || target.machine === undefined) commands.navigation.follow(target);
    }),
  ];
  let connection = connect(call, stores);
  void commands.settings.load();
  // Changes of the meantime were not received, and the other side no longer follows the open logs.
  const connectAgain = () => {
    connection.stop();
    connection = connect(call, stores);
    void commands.settings.load();
    for (const log of [commands.log, commands.testLog]) void log.followAgain();
  };
  return () => {
    connection.stop();
    for (const stop of stops) stop();
  };
}

interface Connection {
  take(change: ScheduleChange): void;
  stop(): void;
}

/** Asks for the snapshot until it is there, and again if a change after it was lost. */
function connect(call: Call, stores: Stores): Connection {
  const follower = new ScheduleFollower();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const attempt = async (tries: number): Promise<void> => {
    try {
      const snapshot = await call('app.snapshot', {});
      if (!stopped) begin(snapshot);
    } catch (thrown) {
      if (stopped) return;
      stores.schedule.setState({ connection: 'failed', failure: sentenceOf(thrown) });
      const wait = RETRY_WAITS[Math.min(tries, RETRY_WAITS.length - 1)];
      timer = setTimeout(() => void attempt(tries + 1), wait);
    }
  };
  const show = ({ schedule, mustAsk }: Followed): void => {
    if (schedule !== null) stores.schedule.setState({ schedule });
    if (mustAsk) void attempt(0);
  };
  const begin = ({ executions, ...schedule }: Snapshot): void => {
    stores.executions.setState((state) => ({ recent: mergeRecent(state.recent, executions) }));
    stores.schedule.setState({ connection: 'ready', failure: null, schedule });
    show(follower.start(schedule));
  };
  void attempt(0);
  return {
    take: (change) => show(follower.take(change)),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
