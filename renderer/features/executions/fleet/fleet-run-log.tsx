import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FleetRun } from '../../../../main/contract/fleet-runs.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { MemberLog, mostShown, nothingYet, pieceBytes, type ShownLog } from './member-log.ts';
import styles from './fleet-runs.module.css';

const c = bindClasses(styles);
const words = text.fleet;
/** Within so many px of the end, the view follows the log as it grows. */
const endZone = 24;

/** The log of a run on any member, read from that member while it is there, also while the run goes on. */
export function FleetRunLog({ run, onClose }: { run: FleetRun; onClose: () => void }) {
  const { log, earlier } = useMemberLog(run.executionId);
  const view = useFollowedEnd(log);
  const isFull = log.text.length + pieceBytes > mostShown;
  return (
    <Dialog title={words.logTitle(run.taskName, run.member)} width="wide" onDismiss={onClose}>
      <DialogBody>
        {log.failure !== null && (
          <p className={c('failure')} role="alert">
            {log.failure}
          </p>
        )}
        {log.startsAt > 0 && !isFull && (
          <Button size="small" busy={log.isLoadingEarlier} onClick={() => void earlier()}>
            {words.logEarlier}
          </Button>
        )}
        {log.startsAt > 0 && isFull && <p>{words.logLimit}</p>}
        <pre {...view} className={c('log')} role="log" aria-label={text.log.region} data-selectable>
          {log.text}
        </pre>
        {!log.isComplete && log.failure === null && <p role="status">{words.logGrows}</p>}
      </DialogBody>
      <DialogFooter>
        <Button look="primary" autoFocus onClick={onClose}>
          {text.common.close}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function useMemberLog(executionId: string): { readonly log: ShownLog; readonly earlier: () => Promise<void> } {
  const { fleet } = useCommands();
  const [reading, setReading] = useState<MemberLog | null>(null);
  const [log, setLog] = useState<ShownLog>(nothingYet);
  useEffect(() => {
    const opened = new MemberLog((offset) => fleet.readLog(executionId, offset));
    const stop = opened.store.subscribe(setLog);
    setReading(opened);
    setLog(opened.store.getState());
    return () => {
      stop();
      opened.close();
    };
  }, [fleet, executionId]);
  return { log, earlier: async () => reading?.earlier() };
}

/** Stays at the end while the log grows, until a person scrolls away. What is in view stays there when earlier lines arrive. */
function useFollowedEnd({ text: shown, startsAt }: ShownLog) {
  const ref = useRef<HTMLPreElement>(null);
  const last = useRef({ isAtEnd: true, toEnd: 0, startsAt });
  const onScroll = () => {
    if (ref.current === null) return;
    const { scrollHeight, scrollTop, clientHeight } = ref.current;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < endZone;
    last.current = { ...last.current, isAtEnd, toEnd: scrollHeight - scrollTop };
  };
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const { isAtEnd, toEnd, startsAt: before } = last.current;
    if (startsAt < before) element.scrollTop = element.scrollHeight - toEnd;
    else if (isAtEnd) element.scrollTop = element.scrollHeight;
    last.current = { isAtEnd, toEnd: element.scrollHeight - element.scrollTop, startsAt };
  }, [shown, startsAt]);
  return { ref, onScroll };
}
