import { BellOff, CircleAlert, CircleCheck, CirclePause, ClockAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useExecutions, usePreferences, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { failedChannels } from './alerts/failed-channels.ts';
import { groupsInTrouble, unseenDoubts } from './overview-facts.ts';
import styles from './overview.module.css';
import { useFailedTasks } from './use-failed-tasks.ts';

const c = bindClasses(styles);

interface Verdict {
  tone: 'good' | 'bad' | 'warn' | 'quiet';
  icon: ReactNode;
  title: string;
  hint: string;
}

/** The overall state in one sentence. The worst problem takes precedence. */
export function OverviewVerdict() {
  const { tone, icon, title, hint } = useVerdict();
  return (
    <div className={c('verdict', tone)} role="status">
      <span aria-hidden className={c('verdictIcon')}>
        {icon}
      </span>
      <div>
        <p className={c('verdictTitle')}>{title}</p>
        <p className={c('verdictHint')}>{hint}</p>
      </div>
    </div>
  );
}

/** Counts the problems that the last checks found. */
function useWrongThings(): number {
  const { stores } = useSession();
  return useStore(stores.doctor, ({ checks }) => (checks ?? []).filter(({ status }) => status === 'problem').length);
}

function useMissed(): number {
  const { stores } = useSession();
  return useStore(stores.missed, ({ report }) => report?.count ?? 0);
}

function useFailedChannels(): number {
  const { stores } = useSession();
  return useStore(stores.alerts, ({ answer }) => failedChannels(answer).length);
}

function useVerdict(): Verdict {
  const words = text.overview;
  const seenAt = usePreferences((state) => state.failuresSeenAt);
  const failures = useFailedTasks().failing.length;
  const doubtful = useExecutions((state) => unseenDoubts(state.recent, seenAt).length);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const trouble = useSchedule((schedule) => groupsInTrouble(schedule.timings).length);
  const attention = useSchedule((schedule) => schedule.tasks.filter((task) => task.attention !== undefined).length);
  const missed = useMissed();
  const wrong = useWrongThings();
  const unsent = useFailedChannels();
  const active = useSchedule((schedule) => schedule.tasks.filter((task) => task.status === 'active').length);
  if (failures > 0) {
    return { tone: 'bad', icon: <CircleAlert />, title: words.failures(failures), hint: words.failuresHint };
  }
  if (paused) return { tone: 'warn', icon: <CirclePause />, title: words.pausedTitle, hint: words.pausedHint };
  if (attention > 0) {
    return {
      tone: 'warn',
      icon: <ClockAlert />,
      title: text.attention.verdict(attention),
      hint: text.attention.verdictHint,
    };
  }
  if (trouble > 0) {
    return {
      tone: 'warn',
      icon: <TriangleAlert />,
      title: words.osTrouble(trouble),
      hint: words.osTroubleHint(trouble),
    };
  }
  if (unsent > 0) {
    return { tone: 'warn', icon: <BellOff />, title: text.alerts.verdict(unsent), hint: text.alerts.verdictHint };
  }
  if (missed > 0) {
    return { tone: 'warn', icon: <ClockAlert />, title: text.missed.verdict(missed), hint: text.missed.verdictHint };
  }
  if (wrong > 0) {
    return { tone: 'warn', icon: <TriangleAlert />, title: words.wrong(wrong), hint: words.wrongHint };
  }
  if (doubtful > 0) {
    const { verdict, verdictHint, verdictHints } = text.doubts;
    const hint = doubtful === 1 ? verdictHint : verdictHints;
    return { tone: 'warn', icon: <TriangleAlert />, title: verdict(doubtful), hint };
  }
  if (active === 0) {
    return { tone: 'quiet', icon: <CirclePause />, title: words.nothingActive, hint: words.nothingActiveHint };
  }
  return { tone: 'good', icon: <CircleCheck />, title: words.allWell, hint: words.allWellHint(active) };
}
