import type { Call } from '../bridge/client.ts';
import { showNotice } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export function createScheduleCommands(call: Call, { notices }: Stores) {
  const resumeAll = () => attempt(notices, () => call('app.resumeAll', {}));
  return {
    resumeAll,
    /** Stops all scheduled firing, until an instant where one is given. */
    pauseAll: (until?: string) =>
      attempt(notices, async () => {
        await call('app.pauseAll', until === undefined ? {} : { until });
        const action = { label: text.common.undo, run: () => void resumeAll() };
        showNotice(notices, { tone: 'info', message: text.pause.allPaused, action });
      }),
  };
}
