import { useState } from 'react';
import type { FleetMemberView } from '../../../../main/contract/fleet.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import shared from '../settings.module.css';
import styles from './fleet.module.css';

const c = bindClasses({ ...shared, ...styles });
const words = text.fleet;
/** A clock that is further off is worth showing, in ms: the same time after which a member claims nothing. */
const shownOffsetMs = 30_000;

/** A member of the fleet, and what a person decides about it. */
export function MemberRow({ member }: { member: FleetMemberView }) {
  const { name, tags, fingerprint, key, alive, draining } = member;
  const { fleet } = useCommands();
  const [isAccepting, setAccepting] = useState(false);
  const facts = useFacts(member);
  const action = (label: string, act: () => void, hint?: string) => (
    <Button size="small" look="quiet" title={hint} aria-label={words.named(label, name)} onClick={act}>
      {label}
    </Button>
  );
  return (
    <div className={c('server', 'member')} role="listitem" aria-label={name}>
      <div className={c('serverText')}>
        <strong>{name}</strong> <span className={c('faint')}>{tags.join(', ')}</span>
        <p className={c('faint', !alive && 'bad')}>{facts}</p>
        <code data-selectable title={words.key}>
          {fingerprint}
        </code>
      </div>
      <div className={c('actions')}>
        {(key === 'waiting' || key === 'changed' || key === 'withdrawn') && (
          <Button size="small" aria-label={words.named(words.acceptKey, name)} onClick={() => setAccepting(true)}>
            {words.acceptKey}
          </Button>
        )}
        {key === 'accepted' && action(words.withdraw, () => void fleet.withdraw(member))}
        {draining
          ? action(words.undrain, () => void fleet.drain(member, false))
          : action(words.drain, () => void fleet.drain(member, true), words.drainHint)}
        {!alive && key !== 'own' && action(words.remove, () => void fleet.remove(member), words.removeHint)}
      </div>
      {isAccepting && <AcceptKey member={member} onClose={() => setAccepting(false)} />}
    </div>
  );
}

/** Returns what a member said of itself, in one line. */
function useFacts({
  key,
  alive,
  seenAt,
  draining,
  nextRunAt,
  version,
  clockOffsetMs,
  ...load
}: FleetMemberView): string {
  const now = useNow(30_000);
  return [
    key === 'own' ? words.here : words.keys[key],
    alive ? words.alive : words.notSeen(seenAt, now),
    ...(draining ? [words.draining] : []),
    words.load(load),
    ...(nextRunAt === null ? [] : [words.next(nextRunAt, now)]),
    words.version(version),
    ...(Math.abs(clockOffsetMs) > shownOffsetMs ? [words.clock(clockOffsetMs)] : []),
  ].join(' · ');
}

function AcceptKey({ member, onClose }: { member: FleetMemberView; onClose: () => void }) {
  const { fleet } = useCommands();
  const accept = () => {
    onClose();
    void fleet.accept(member);
  };
  return (
    <Dialog title={words.acceptTitle(member.name)} width="narrow" onDismiss={onClose}>
      <DialogBody>
        <p>{words.acceptText(member.name)}</p>
        {member.key === 'changed' && <p className={c('bad')}>{words.keys.changed}</p>}
        <code data-selectable className={c('fingerprint')}>
          {member.fingerprint}
        </code>
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" autoFocus onClick={onClose}>
          {text.common.cancel}
        </Button>
        <Button look="primary" onClick={accept}>
          {words.acceptKeyNow}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
