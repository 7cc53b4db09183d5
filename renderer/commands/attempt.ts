import { sentenceOf } from '../bridge/bridge-error.ts';
import { showNotice } from '../stores/toast-store.ts';
import type { NoticeStore } from '../stores/toast-store.ts';

/** Runs an action; a failure is shown as a notice and answered with null. */
export async function attempt<T>(notices: NoticeStore, action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (thrown) {
    showNotice(notices, { tone: 'error', message: sentenceOf(thrown) });
    return null;
  }
}
