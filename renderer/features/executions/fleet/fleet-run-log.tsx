import { useEffect, useRef, useState } from 'react';
import type { FleetRun } from '../../../../main/contract/fleet-runs.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import styles from './fleet-runs.module.css';

const c = bindClasses(styles);
const words = text.fleet;
/** Between two looks at a log that still grows, in ms. */
const lookAgainMs = 1000;

interface ShownLog {
  readonly text: string;
  readonly failure: string | null;
  readonly isComplete: boolean;
}

/** The log of a run on any member, read from that member while it is there, also while the run goes on. */
export function FleetRunLog({ run, onClose }: { run: FleetRun; onClose: () => void }) {
  const log = useMemberLog(run.executionId);
  const end = useRef<HTMLPreElement>(null);
  useEffect(() => end.current?.scrollTo({ top: end.current.scrollHeight }), [log.text]);
  return (
    <Dialog title={words.logTitle(run.taskName, run.member)} width="wide" onDismiss={onClose}>
      <DialogBody>
        {log.failure !== null && (
          <p className={c('failure')} role="alert">
            {log.failure}
          </p>
        )}
        <pre ref={end} className={c('log')} role="log" aria-label={text.log.region} data-selectable>
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

/** Reads a log piece by piece until it is complete. A member that does not answer is asked again. */
function useMemberLog(executionId: string): ShownLog {
  const { fleet } = useCommands();
  const [log, setLog] = useState<ShownLog>({ text: '', failure: null, isComplete: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isCurrent = true;
    const read = async (offset: number): Promise<void> => {
      const answer = await fleet.readLog(executionId, offset);
      if (!isCurrent) return;
      if ('failure' in answer) setLog((before) => ({ ...before, failure: answer.failure }));
      else setLog(({ text: before }) => ({ text: before + answer.text, failure: null, isComplete: answer.complete }));
      const next = 'failure' in answer ? offset : answer.nextOffset;
      const isBehind = !('failure' in answer) && next < answer.size && answer.text !== '';
      if ('failure' in answer || !answer.complete)
        timer = setTimeout(() => void read(next), isBehind ? 0 : lookAgainMs);
    };
    void read(0);
    return () => {
      isCurrent = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, [fleet, executionId]);
  return log;
}
