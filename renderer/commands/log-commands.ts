import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { splitLines } from '../stores/log-lines.ts';
import type { LogLine } from '../stores/log-lines.ts';
import { openedLog, withBeginning, withChunk, withEnd } from '../stores/log-store.ts';
import type { LogStore } from '../stores/log-store.ts';
import { text } from '../text/en.ts';

/** What is read at a time before the end is there: large, but short enough for the page to draw in between. */
const beginningBytes = 1024 * 1024;

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
        const { executionId, complete, offset, loading } = log.getState();
        if (executionId === null) break;
        if (offset === 0 || loading !== null) await readEndFirst(call, log, executionId);
        else if (complete) break;
        while (!log.getState().complete && (await readChunk(executionId)) === 'more');
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
    /** Follows the open log again, after the connection was lost. */
    followAgain: async (): Promise<void> => {
      const { executionId } = log.getState();
      if (executionId === null) return;
      try {
        await call('logs.follow', { executionId });
      } catch (thrown) {
        log.setState({ failure: sentenceOf(thrown) });
        return;
      }
      await readOn();
    },
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

/** Reads the end first, and then what comes before it: the end of a log is what a person looks for. */
async function readEndFirst(call: Call, log: LogStore, executionId: string): Promise<void> {
  const isOpen = () => log.getState().executionId === executionId;
  const { offset: size, ...end } = await call('logs.readEnd', { executionId });
  if (!isOpen()) return;
  log.setState((state) => withEnd(state, end, size));
  const before: LogLine[] = [];
  let pending = '';
  for (let offset = 0; offset < size;) {
    const maxBytes = Math.min(beginningBytes, size - offset);
    const chunk = await call('logs.read', { executionId, offset, maxBytes });
    if (!isOpen()) return;
    if (chunk.nextOffset <= offset) throw new Error(text.logs.shrunk);
    const split = splitLines(pending, chunk.text);
    for (const line of split.lines) before.push(line);
    pending = split.pending;
    offset = chunk.nextOffset;
    log.setState({ loading: { read: offset, size } });
  }
  if (size > 0) log.setState((state) => withBeginning(state, before));
}
