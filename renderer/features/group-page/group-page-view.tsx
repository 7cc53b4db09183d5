import { Layers, Pause, Play, Wrench, Zap } from 'lucide-react';
import { useMemo } from 'react';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { View } from '../../ui/view.tsx';
import { BackToGroups } from '../task-page/back-to-groups.tsx';
import styles from '../task-page/task-page.module.css';
import { useKept } from '../task-page/use-report.ts';
import { GroupFacts } from './group-facts.tsx';
import { GroupTasks } from './group-tasks.tsx';

const c = bindClasses(styles);
const words = text.groupPage;

/** The page of a group: when it runs, its entry in the operating system, and its tasks with their latest runs. */
export function GroupPageView({ timingId }: { timingId: string }) {
  const timing = useSchedule((schedule) => schedule.timings.find(({ id }) => id === timingId));
  const all = useSchedule((schedule) => schedule.tasks);
  const tasks = useMemo(
    () => all.filter((task) => task.timingId === timingId).sort((left, right) => left.name.localeCompare(right.name)),
    [all, timingId],
  );
  if (timing === undefined) {
    return (
      <View title={<BackToGroups />}>
        <EmptyState icon={<Layers />} title={words.gone}>
          {words.goneHint}
        </EmptyState>
      </View>
    );
  }
  return <KnownGroup timing={timing} tasks={tasks} />;
}

function KnownGroup({ timing, tasks }: { timing: TimingView; tasks: readonly TaskView[] }) {
  const { call } = useSession();
  const key = JSON.stringify([
    timing.id,
    timing.nextExecutionAt,
    ...tasks.map(({ id, lastExecutionId, lastStatus, status }) => [id, lastExecutionId, lastStatus, status]),
  ]);
  const { value: report, failure } = useKept(key, () => call('reports.group', { timingId: timing.id }));
  const title = (
    <div className={c('title')}>
      <BackToGroups />
      <h1 className={c('name')}>{timing.sentence}</h1>
      <span className={c('faint')}>{words.tasks(tasks.length)}</span>
    </div>
  );
  return (
    <View title={title} tools={<GroupActions timing={timing} tasks={tasks} />}>
      <div className={c('top')}>
        <GroupFacts timing={timing} />
        {failure !== null && (
          <p className={c('failure')} role="alert">
            {text.taskPage.unreadable}: {failure}
          </p>
        )}
        <GroupTasks tasks={tasks} strips={report?.strips ?? null} />
      </div>
    </View>
  );
}

function GroupActions({ timing, tasks }: { timing: TimingView; tasks: readonly TaskView[] }) {
  const { bulk, doctor } = useCommands();
  const active = tasks.filter(({ status }) => status === 'active');
  const resting = tasks.filter(({ status }) => status === 'paused' || status === 'error');
  const isEntryWrong = timing.osEntry.state === 'missing' || timing.osEntry.state === 'drifted';
  return (
    <div className={c('actions')}>
      {isEntryWrong && (
        <Button icon={<Wrench aria-hidden />} onClick={() => void doctor.fix()}>
          {text.taskPage.fix['fix-entries']}
        </Button>
      )}
      <Button
        look="primary"
        icon={<Zap aria-hidden />}
        disabled={active.length === 0}
        title={words.runHint}
        onClick={() => void bulk.run(active)}
      >
        {words.run(active.length)}
      </Button>
      {active.length > 0 && (
        <Button icon={<Pause aria-hidden />} onClick={() => void bulk.pause(active)}>
          {words.pause(active.length)}
        </Button>
      )}
      {resting.length > 0 && (
        <Button icon={<Play aria-hidden />} onClick={() => void bulk.resume(resting)}>
          {words.resume(resting.length)}
        </Button>
      )}
    </div>
  );
}
