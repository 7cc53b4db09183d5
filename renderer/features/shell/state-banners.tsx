import { DatabaseZap, Eye, LockKeyhole, Pause, Unplug } from 'lucide-react';
import { useStore } from 'zustand';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { withMoments } from '../../text/format.ts';
import { MachineBanner } from '../machines/machine-banner.tsx';
import { LegacyBanner } from '../history/legacy-banner.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { WaitingBanner } from '../agents/waiting-banner.tsx';
import { useNow } from '../../ui/clock.tsx';
import { UpdatedBanner } from '../whats-new/updated-banner.tsx';
import { LoginQuestion } from './login-question.tsx';

/** Banners for states that stop the whole scheduler: no connection, a read-only store, everything paused. */
export function StateBanners() {
  const { stores, machine } = useSession();
  const failure = useStore(stores.schedule, (state) => state.failure);
  const store = useSchedule((schedule) => schedule.store);
  const capabilities = useSchedule((schedule) => schedule.desktop.capabilities);
  return (
    <>
      {machine !== null && <MachineBanner />}
      {failure !== null && machine === null && (
        <Banner tone="bad" icon={<Unplug />}>
          {text.shell.disconnected(failure)}
        </Banner>
      )}
      {store.state === 'read-only' && (
        <Banner tone="bad" icon={<LockKeyhole />} actions={<BackupsButton />}>
          <strong>{text.shell.readOnly}</strong> {store.message ?? ''}
        </Banner>
      )}
      <LedgerBanner />
      {!capabilities.includes('change') && (
        <Banner tone="info" icon={<Eye />}>
          {text.web.readOnly}
        </Banner>
      )}
      <PausedBanner />
      <LegacyBanner />
      {capabilities.includes('desktop') && <LoginQuestion />}
      <WaitingBanner />
      {machine === null && <UpdatedBanner />}
    </>
  );
}

function BackupsButton() {
  const { navigation } = useCommands();
  return (
    <Button size="small" onClick={() => navigation.openHistory({ kind: 'backups' })}>
      {text.backups.open}
    </Button>
  );
}

/** Says once that runs may be missing from the record. `doctor` keeps saying it. */
function LedgerBanner() {
  const { preferences } = useSession().stores;
  const trouble = useSchedule((schedule) => schedule.ledgerTrouble);
  const seenAt = useStore(preferences, (state) => state.ledgerTroubleSeenAt);
  const now = useNow(60_000);
  if (trouble === null || (seenAt !== null && trouble.at <= seenAt)) return null;
  const actions = (
    <Button size="small" look="quiet" onClick={() => preferences.setState({ ledgerTroubleSeenAt: trouble.at })}>
      {text.common.close}
    </Button>
  );
  return (
    <Banner tone="warn" icon={<DatabaseZap />} actions={actions}>
      <strong>{text.shell.ledgerTrouble}</strong> {withMoments(trouble.message, now)}
    </Banner>
  );
}

function PausedBanner() {
  const paused = useSchedule((schedule) => schedule.paused);
  const { schedule } = useCommands();
  const now = useNow(30_000);
  if (!paused) return null;
  const actions = (
    <Button size="small" onClick={() => void schedule.resumeAll()}>
      {text.pause.resumeAll}
    </Button>
  );
  return (
    <Banner tone="warn" icon={<Pause />} actions={actions}>
      {text.pause.everything(paused.until, now)}
      {paused.note !== undefined && ` ${text.pause.note(paused.note)}`}
    </Banner>
  );
}
