import { useEffect } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { copyText } from '../../bridge/clipboard.ts';
import { useCommands, useLog, useSession } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';

/** Returns the address that opens a line of a run's log, in this app and from any other program. */
const lineAddress = (executionId: string, number: number): string =>
  `ncp-scheduler://execution/${encodeURIComponent(executionId)}#L${number}`;

/** The line that a link named or that the person chose: it is marked, and scrolled to when the log is there. */
export function useMarkedLine({ executionId }: Execution, line: number | undefined, reveal: (line: number) => void) {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const count = useLog((state) =>
    state.loading === null && state.executionId === executionId ? state.lines.length : 0,
  );
  const complete = useLog((state) => state.complete && state.loading === null);
  const isThere = line !== undefined && line <= count;
  useEffect(() => {
    if (line === undefined) return;
    if (isThere) reveal(line - 1);
    else if (complete) showToast(stores.toasts, { tone: 'error', message: text.logs.noSuchLine(line, count) });
    // `count` is left out: a running log that grows must not scroll back to the line.
  }, [line, isThere, complete, reveal]);
  const copyLink = async (index: number) => {
    const copied = await copyText(lineAddress(executionId, index + 1));
    showToast(stores.toasts, {
      tone: copied ? 'info' : 'error',
      message: copied ? text.logs.linkCopied(index + 1) : text.log.notCopied,
    });
  };
  return {
    /** Null until the line is there. */
    index: isThere ? line - 1 : null,
    copyLink: (index: number) => void copyLink(index),
    mark: (index: number) => {
      navigation.go({ view: 'execution', executionId, line: index + 1 });
      void copyLink(index);
    },
  };
}
