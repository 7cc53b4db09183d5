import type { ReactNode } from 'react';
import type { OtherJob } from '../../../main/contract/other-jobs.ts';
import { text } from '../../text/en.ts';
import { formatInstant, formatMoment } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { JobStateMark } from './job-state-mark.tsx';
import styles from './others.module.css';

const c = bindClasses(styles);
const words = text.others;

interface DetailsProps {
  job: OtherJob;
  onImport: () => void;
  onClose: () => void;
}

/** Shows everything that is known about a job, with its original text. */
export function JobDetails({ job, onImport, onClose }: DetailsProps) {
  const { details } = words;
  const why = useReason(job);
  return (
    <Dialog title={job.name} width="wide" onDismiss={onClose}>
      <DialogBody>
        <p className={c('verdict')}>
          <JobStateMark state={job.state} />
          {why !== null && <span>{why}</span>}
        </p>
        <dl className={c('facts')}>
          <Fact name={details.where}>{`${words.places[job.place]} · ${job.source}`}</Fact>
          {job.command !== null && (
            <Fact name={details.command}>
              <code>{job.command}</code>
            </Fact>
          )}
          {job.runsAs !== null && <Fact name={details.user}>{job.runsAs}</Fact>}
          <Fact name={details.schedule}>{job.schedule}</Fact>
          <Fact name={details.written}>
            <code>{job.written}</code>
          </Fact>
          <Fact name={details.next}>{job.nextRun === null ? words.none : formatInstant(job.nextRun)}</Fact>
          <Fact name={details.last}>{job.lastRun === null ? words.none : formatInstant(job.lastRun)}</Fact>
          <Fact name={details.result}>{job.resultDetail}</Fact>
        </dl>
        <h3 className={c('subtitle')}>{details.original}</h3>
        <pre className={c('original')} tabIndex={0} role="region" aria-label={details.original}>
          {job.original}
        </pre>
        {job.importProblem !== null && <p className={c('hint')}>{details.cannotImport(job.importProblem)}</p>}
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onClose}>
          {text.common.close}
        </Button>
        {job.import !== null && (
          <Button look="primary" onClick={onImport}>
            {job.import.moves ? details.moveIn : details.copy}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}

function useReason({ state, dueAt, stopped }: OtherJob): string | null {
  const now = useNow(60_000);
  if (state === 'overdue' && dueAt !== null) return words.overdueSince(formatMoment(dueAt, now));
  return stopped;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
