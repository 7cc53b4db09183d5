import { useEffect, useState, type RefCallback } from 'react';
import { useStore } from 'zustand';
import type { ProposalPreview, ProposalView } from '../../../main/contract/proposal.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { TriangleAlert } from 'lucide-react';
import styles from './proposal-dialog.module.css';

const c = bindClasses(styles);
const words = text.agents.dialog;

/** Shows a proposal (who asks, the differences, the command and the next runs) and takes the decision. */
export function ProposalDialog() {
  const { stores } = useSession();
  const { agents } = useCommands();
  const { proposal, failure } = useStore(stores.agents);
  return (
    <Dialog title={words.title} onDismiss={() => agents.close()}>
      {failure !== null && (
        <Banner tone="bad" icon={<TriangleAlert />}>
          {failure}
        </Banner>
      )}
      {proposal === null ? (
        <DialogBody>{failure === null ? words.loading : null}</DialogBody>
      ) : (
        <Review key={proposal.id} proposal={proposal} />
      )}
    </Dialog>
  );
}

function Review({ proposal }: { proposal: ProposalView }) {
  const now = useNow(30_000);
  const { preview } = proposal;
  const [end, seenToTheEnd] = useSeen(preview?.basis ?? '');
  return (
    <>
      <DialogBody>
        <p className={c('who')}>
          <strong>{words.asks(proposal.client, proposal.version)}</strong>{' '}
          <span className={c('faint')}>
            {words.asked(proposal.createdAt, now)}
            {proposal.state === 'pending' && `, ${words.expires(proposal.expiresAt, now)}`}
          </span>
        </p>
        <h3 className={c('what')}>{proposal.title}</h3>
        {preview === null ? <p>{words.decided(proposal.state)}</p> : <Preview preview={preview} />}
        <div ref={end} />
      </DialogBody>
      {preview === null ? (
        <DecidedFooter />
      ) : (
        <DecisionFooter proposal={proposal} preview={preview} read={seenToTheEnd} />
      )}
    </>
  );
}

function Preview({ preview }: { preview: ProposalPreview }) {
  const now = useNow(30_000);
  const { command, schedule, nextRuns, problem } = preview;
  if (problem !== null) return <p className={c('problem')}>{words.impossible(problem)}</p>;
  return (
    <>
      {preview.changedMeanwhile && <p className={c('problem')}>{words.changedMeanwhile}</p>}
      <dl className={c('facts')}>
        {command !== null && (
          <>
            <dt>{words.command}</dt>
            <dd>
              <pre className={c('command')}>{command}</pre>
            </dd>
          </>
        )}
        {schedule !== null && (
          <>
            <dt>{words.schedule}</dt>
            <dd>
              {schedule.sentence} <span className={c('faint')}>({schedule.timezone})</span>
            </dd>
            <dt>{words.nextRuns}</dt>
            <dd>{nextRuns.length === 0 ? words.noRuns : nextRuns.map((run) => formatMoment(run, now)).join(' · ')}</dd>
          </>
        )}
      </dl>
      {[...new Set(preview.warnings)].map((warning) => (
        <p key={warning} className={c('warning')}>
          {warning}
        </p>
      ))}
      <Differences preview={preview} />
      <Unchanged preview={preview} />
    </>
  );
}

function Differences({ preview: { differences } }: { preview: ProposalPreview }) {
  if (differences.length === 0) return null;
  return (
    <table className={c('differences')}>
      <caption>{words.differences}</caption>
      <tbody>
        {differences.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>
              {before !== null && <del>{before}</del>}
              {after === null ? <span className={c('faint')}>{words.nothing}</span> : <ins>{after}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lists the unchanged fields. Open by default if there are no differences, to show what would run. */
function Unchanged({ preview: { unchanged, differences } }: { preview: ProposalPreview }) {
  if (unchanged.length === 0) return null;
  return (
    <details className={c('unchanged')} open={differences.length === 0}>
      <summary>{words.unchanged(unchanged.length)}</summary>
      <table className={c('differences')}>
        <tbody>
          {unchanged.map(({ field, text: value }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function DecidedFooter() {
  const { agents } = useCommands();
  return (
    <DialogFooter>
      <Button onClick={() => agents.close()}>{text.common.close}</Button>
    </DialogFooter>
  );
}

interface DecisionProps {
  proposal: ProposalView;
  preview: ProposalPreview;
  /** Whether the whole proposal has been on screen: something harmful can hide at the end of a long command. */
  read: boolean;
}

function DecisionFooter({ proposal, preview, read }: DecisionProps) {
  const { stores } = useSession();
  const { agents } = useCommands();
  const deciding = useStore(stores.agents, (state) => state.deciding);
  const more = useSchedule((schedule) => schedule.waiting.filter(({ id }) => id !== proposal.id).length);
  const settled = useSettled(preview.basis);
  const [note, setNote] = useState('');
  const blocked = deciding || !settled || !read;
  const approve = (always: boolean) => void agents.approve(proposal.id, preview.basis, always);
  return (
    <>
      <div className={c('note')}>
        <TextInput
          aria-label={words.note}
          placeholder={words.note}
          value={note}
          maxLength={1000}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <DialogFooter>
        <span className={c('more')} role="status">
          {!read && preview.problem === null ? words.readOn : more > 0 ? words.more(more) : null}
        </span>
        <Button disabled={deciding} onClick={() => void agents.reject(proposal.id, note.trim())}>
          {words.reject}
        </Button>
        <Button
          disabled={blocked || preview.problem !== null}
          title={words.alwaysHint(proposal.client)}
          onClick={() => approve(true)}
        >
          {words.always}
        </Button>
        <Button look="primary" disabled={blocked || preview.problem !== null} onClick={() => approve(false)}>
          {deciding ? words.approving : words.approve}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Delay before a proposal can be approved, so that a click meant for what was there before approves nothing. */
const settleMs = 500;

/** Returns whether the element has been on screen since `shown` changed. */
function useSeen(shown: string): [RefCallback<HTMLElement>, boolean] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    setSeen(false);
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, shown]);
  return [setElement, seen];
}

function useSettled(shown: string): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(false);
    const timer = setTimeout(() => setSettled(true), settleMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return settled;
}
