import { sentenceOf } from '../bridge/bridge-error.ts';
import { showToast } from '../stores/toast-store.ts';
import type { ToastStore } from '../stores/toast-store.ts';

/** Runs an action. A failure is shown as a toast, and the result is null. */
export async function attempt<T>(toasts: ToastStore, action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (thrown) {
    showToast(toasts, { tone: 'error', message: sentenceOf(thrown) });
    return null;
  }
}
