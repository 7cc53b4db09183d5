import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export function createScheduleCommands(call: Call, { toasts }: Stores) {
  const resumeAll = () => attempt(toasts, () => call('app.resumeAll', {}));
  return {
    resumeAll,
    /** Pauses all schedules, until the given instant if there is one. */
    pauseAll: (until?: string) =>
      attempt(toasts, async () => {
        await call('app.pauseAll', until === undefined ? {} : { until });
        const action = { label: text.common.undo, run: () => void resumeAll() };
        showToast(toasts, { tone: 'info', message: text.pause.allPaused, action });
      }),
  };
}
