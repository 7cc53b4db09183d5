import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { DoctorCheck } from '../../../main/contract/cli.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatAgo } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { OthersNote } from '../others/others-note.tsx';
import { Card, CardRemark } from './card.tsx';
import { findingsOf } from './overview-facts.ts';
import type { Finding } from './overview-facts.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

const SHOWN = 5;

/** Shows which scheduler starts the runs and the problems found, with buttons to check and to fix them. */
export function SchedulerCard() {
  const { stores } = useSession();
  const { checks, checkedAt } = useStore(stores.doctor);
  const kind = useSchedule((schedule) => schedule.app.osScheduler);
  const timings = useSchedule((schedule) => schedule.timings);
  const now = useNow(30_000);
  const findings = useMemo(() => findingsOf(timings, checks), [timings, checks]);
  const installed = timings.filter(({ osEntry }) => osEntry.state === 'installed').length;
  const inProcess = kind === 'in-process';
  return (
    <Card title={text.overview.scheduler} aside={<Actions canFix={findings.some(({ fixable }) => fixable)} />}>
      <CardRemark>
        {inProcess ? text.overview.schedulerInProcess : text.overview.schedulerWith(text.osEntry.kind(kind))}
        {!inProcess && ` · ${text.overview.entriesOk(installed)}`}
      </CardRemark>
      {findings.length > 0 && <Findings findings={findings} />}
      {findings.length === 0 && checks && checkedAt !== null && (
        <CardRemark>{text.checks.allWell(checks.length, formatAgo(checkedAt, now))}</CardRemark>
      )}
      <OthersNote className={c('more')} />
    </Card>
  );
}

function Actions({ canFix }: { canFix: boolean }) {
  const { stores } = useSession();
  const { doctor } = useCommands();
  const busy = useStore(stores.doctor, (state) => state.busy);
  return (
    <span className={c('cardActions')}>
      <Button size="small" look="quiet" disabled={busy !== null} onClick={() => void doctor.check()}>
        {busy === 'checking' ? text.checks.checking : text.checks.check}
      </Button>
      {canFix && (
        <Button
          size="small"
          look="primary"
          title={text.checks.fixHint}
          disabled={busy !== null}
          onClick={() => void doctor.fix()}
        >
          {busy === 'fixing' ? text.checks.fixing : text.checks.fix}
        </Button>
      )}
    </span>
  );
}

const tones: Readonly<Record<DoctorCheck['status'], string>> = { ok: 'faint', warning: 'warn', problem: 'badWord' };

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <>
      <ul>
        {findings.slice(0, SHOWN).map(({ id, title, message, status, timingId }) => (
          <li key={id} className={c('entry')}>
            {timingId === null ? (
              <span className={c('link')}>
                {title}
                <span className={c('sentence', 'whole')}>{message}</span>
              </span>
            ) : (
              <a className={c('link')} href={routeHash({ view: 'groups' })}>
                {title}
                <span className={c('sentence', 'whole')}>{message}</span>
              </a>
            )}
            <span className={c(tones[status])}>{text.checks.status[status]}</span>
          </li>
        ))}
      </ul>
      {findings.length > SHOWN && <CardRemark>{text.overview.more(findings.length - SHOWN)}</CardRemark>}
    </>
  );
}
