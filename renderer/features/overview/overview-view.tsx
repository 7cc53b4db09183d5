import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { View } from '../../ui/view.tsx';
import { NoTasks } from '../moving-in/no-tasks.tsx';
import { AlertsCard } from './alerts/alerts-card.tsx';
import { AttentionCard } from './attention-card.tsx';
import { DoubtfulCard } from './doubtful-card.tsx';
import { FailuresCard } from './failures-card.tsx';
import { MissedCard } from './missed-card.tsx';
import { NextRunsCard } from './next-runs-card.tsx';
import { OverviewVerdict } from './overview-verdict.tsx';
import { PausedCard } from './paused-card.tsx';
import { RunningCard } from './running-card.tsx';
import { SchedulerCard } from './scheduler-card.tsx';
import { StripCard } from './strip-card.tsx';
import styles from './overview.module.css';

const c = bindClasses(styles);

/** The overview: the overall state, running tasks, next runs, failures and paused tasks. */
export function OverviewView() {
  const isEmpty = useSchedule((schedule) => schedule.tasks.length === 0);
  return (
    <View title={text.shell.views.overview}>
      {isEmpty ? (
        <NoTasks />
      ) : (
        <div className={c('page')}>
          <OverviewVerdict />
          <StripCard />
          <div className={c('columns')}>
            <div className={c('column')}>
              <NextRunsCard />
              <SchedulerCard />
            </div>
            <div className={c('column')}>
              <AlertsCard />
              <AttentionCard />
              <MissedCard />
              <RunningCard />
              <FailuresCard />
              <DoubtfulCard />
              <PausedCard />
            </div>
          </div>
        </div>
      )}
    </View>
  );
}
