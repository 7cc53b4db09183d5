import { Unplug } from 'lucide-react';
import type { MachineStatus } from '../../../main/contract/machines.ts';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatInstant, formatSince } from '../../text/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Countdown, useNow } from '../../ui/clock.tsx';
import { useShownMachine } from './use-machines.ts';

const words = text.machines;

/** Says that the connection to the shown machine is lost: since when, why, and when the next attempt is. */
export function MachineBanner() {
  const { fleet } = useSession();
  const machine = useShownMachine();
  if (machine === null || machine.trouble === null) return null;
  return (
    <Banner
      tone="bad"
      icon={<Unplug />}
      actions={
        <Button size="small" onClick={() => void fleet.connect(machine.name)}>
          {words.tryNow}
        </Button>
      }
    >
      <strong>{words.lost(machine.name)}</strong> <MachineTrouble trouble={machine.trouble} /> {words.shownIsOld}
    </Banner>
  );
}

export function MachineTrouble({ trouble }: { trouble: NonNullable<MachineStatus['trouble']> }) {
  const now = useNow();
  const { since, retryAt, error } = trouble;
  return (
    <>
      {error.message} <span title={formatInstant(since)}>{words.unreachableSince(formatSince(since, now))}</span>{' '}
      {Date.parse(retryAt) > now ? (
        <>
          {words.nextAttempt} <Countdown to={retryAt} />.
        </>
      ) : (
        words.trying
      )}
    </>
  );
}
