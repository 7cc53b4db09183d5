import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../bridge/bridge-error.ts';
import type { Call } from '../../../bridge/client.ts';
import { useSession } from '../../../session-context.tsx';
import { splitLines } from '../../../stores/log-lines.ts';
import type { LogLine } from '../../../stores/log-lines.ts';

/** Number of lines at the end of a log that the panel shows. */
const SHOWN_LINES = 14;
/** Bytes at the end of a log that hold them, unless lines are very long. */
const TAIL_BYTES = 8_000;
/** Rest on a row before its log is read, in ms: rows that are only passed need none. */
const REST_MS = 80;

export interface LogEnd {
  /** Null until they have arrived. */
  readonly lines: readonly LogLine[] | null;
  readonly failure: string | null;
}

const nothing: LogEnd = { lines: null, failure: null };

/** Returns the last lines of a log. Reads them again when the run ends. */
export function useLogEnd(executionId: string, isRunning: boolean): LogEnd {
  const { call } = useSession();
  const [end, setEnd] = useState<LogEnd>(nothing);
  useEffect(() => {
    let gone = false;
    const take = (found: LogEnd) => {
      if (!gone) setEnd(found);
    };
    setEnd(nothing);
    const timer = setTimeout(() => {
      readEnd(call, executionId).then(
        (lines) => take({ lines, failure: null }),
        (thrown: unknown) => take({ lines: null, failure: sentenceOf(thrown) }),
      );
    }, REST_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [call, executionId, isRunning]);
  return end;
}

async function readEnd(call: Call, executionId: string): Promise<LogLine[]> {
  const { execution } = await call('executions.get', { executionId });
  const offset = Math.max(0, execution.logBytes - TAIL_BYTES);
  const { text } = await call('logs.read', { executionId, offset });
  // The first line of the piece is cut, unless the piece is the whole log.
  const whole = offset === 0 ? text : text.slice(text.indexOf('\n') + 1);
  return splitLines('', `${whole}\n`)
    .lines.filter(({ text: line }) => line.trim() !== '')
    .slice(-SHOWN_LINES);
}
