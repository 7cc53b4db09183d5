import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { FleetState } from '../../../../main/contract/fleet.ts';
import { copyText } from '../../../bridge/clipboard.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { showToast } from '../../../stores/toast-store.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Section } from '../section.tsx';
import shared from '../settings.module.css';
import { JoinForm } from './join-form.tsx';
import { MemberRow } from './member-row.tsx';
import styles from './fleet.module.css';

const c = bindClasses({ ...shared, ...styles });
const words = text.fleet;
/** How often the members are read again while they are shown, in ms. */
const readAgainMs = 15_000;

/** The fleet of this machine: joining it, its members, and whose tasks run here. */
export function FleetSection() {
  const { fleet: commands } = useCommands();
  const { stores } = useSession();
  const { answer, failure } = useStore(stores.fleet);
  const isMember = answer !== null && answer.fleet !== null;
  useEffect(() => void commands.load(), [commands]);
  useEffect(() => {
    if (!isMember) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && void commands.load(), readAgainMs);
    return () => clearInterval(timer);
  }, [commands, isMember]);
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{words.hint}</p>
      {failure !== null && (
        <p className={c('remark', 'bad')} role="alert">
          {failure}
        </p>
      )}
      {answer !== null &&
        (answer.fleet === null ? (
          <JoinForm />
        ) : (
          <>
            <FleetFacts fleet={answer.fleet} />
            {answer.members !== null && (
              <div role="list" aria-label={words.members}>
                {answer.members.map((member) => (
                  <MemberRow key={member.id} member={member} />
                ))}
              </div>
            )}
            <Leave />
          </>
        ))}
    </Section>
  );
}

function FleetFacts({ fleet }: { fleet: FleetState }) {
  const { address, problem, name, tags, fingerprint, sharedTasks, refused, invitation } = fleet;
  return (
    <>
      <dl className={c('facts')}>
        <dt>{words.database}</dt>
        <dd className={c(problem !== null && 'bad')}>
          {address}: {problem ?? words.answers}
        </dd>
        <dt>{words.name}</dt>
        <dd>{[name, ...tags].join(' · ')}</dd>
        <dt>{words.key}</dt>
        <dd>
          <code data-selectable>{fingerprint}</code>
        </dd>
        <dt>{words.shared}</dt>
        <dd>{sharedTasks}</dd>
        {invitation !== null && (
          <>
            <dt>{words.invitation}</dt>
            <dd>
              <Invitation line={`ncp-scheduler fleet join '${invitation}' --name NAME`} />
            </dd>
          </>
        )}
      </dl>
      {refused.length > 0 && (
        <div className={c('remark', 'warnWord')} role="note">
          <p>{words.refused(refused.length)}</p>
          <ul>
            {refused.map((each) => (
              <li key={each.taskId}>{words.refusedRow(each)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Invitation({ line }: { line: string }) {
  const { stores } = useSession();
  const copy = async () => {
    if (await copyText(line)) showToast(stores.toasts, { tone: 'info', message: words.copied });
  };
  return (
    <div className={c('invitation')}>
      <code data-selectable>{line}</code>
      <Button size="small" onClick={() => void copy()}>
        {words.copy}
      </Button>
      <p className={c('faint')}>{words.invitationHint}</p>
    </div>
  );
}

function Leave() {
  const { fleet } = useCommands();
  const [isAsking, setAsking] = useState(false);
  const leave = () => {
    setAsking(false);
    void fleet.leave();
  };
  return (
    <div className={c('tools')}>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {words.leave}
      </Button>
      {isAsking && (
        <Dialog title={words.leaveTitle} width="narrow" onDismiss={() => setAsking(false)}>
          <DialogBody>
            <p>{words.leaveText}</p>
          </DialogBody>
          <DialogFooter>
            <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
              {text.common.cancel}
            </Button>
            <Button look="danger" onClick={leave}>
              {words.leave}
            </Button>
          </DialogFooter>
        </Dialog>
      )}
    </div>
  );
}
