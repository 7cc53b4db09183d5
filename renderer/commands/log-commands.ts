import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { openedLog, withChunk } from '../stores/log-store.ts';
import type { LogStore } from '../stores/log-store.ts';

export function createLogCommands(call: Call, log: LogStore) {
  let reading = false;
  /** Set when the log grows during a read: read once more afterwards. */
  let again = false;

  const readChunk = async (executionId: string): Promise<'more' | 'done'> => {
    const { offset } = log.getState();
    const chunk = await call('logs.read', { executionId, offset });
    if (log.getState().executionId !== executionId) return 'done';
    log.setState((state) => withChunk(state, chunk));
    return chunk.nextOffset > offset && chunk.nextOffset < chunk.size ? 'more' : 'done';
  };

  const readOn = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    try {
      while (again) {
        again = false;
        const { executionId, complete } = log.getState();
        if (executionId === null || complete) break;
        while ((await readChunk(executionId)) === 'more');
      }
    } catch (thrown) {
      log.setState({ failure: sentenceOf(thrown) });
    } finally {
      reading = false;
    }
  };

  const close = (executionId: string) => {
    if (log.getState().executionId === executionId) log.setState(openedLog(null));
    // A failure here is harmless: the main process also drops followers when their window closes.
    call('logs.unfollow', { executionId }).catch(() => undefined);
  };

  return {
    /** Reads from the last position to the end. Only one read runs at a time. */
    readOn,
    close,
    /** Shows the log of this execution and follows it. */
    open: async (executionId: string): Promise<void> => {
      log.setState(openedLog(executionId));
      try {
        await call('logs.follow', { executionId });
      } catch (thrown) {
        log.setState({ failure: sentenceOf(thrown) });
        return;
      }
      await readOn();
    },
  };
}
