import { CircleCheck, CircleDot, CircleX, Clock3, FileMinus2, Repeat2, Turtle } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { memo } from 'react';
import type { TaskInsight } from '../../../main/contract/insights.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';
import type { RunHint } from '../../../main/contract/task-report.ts';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import styles from './insights.module.css';

const c = bindClasses(styles);
const words = text.insights;

/** What is unusual about a task, in a sentence each, and what it costs. The whole row opens the page of the task. */
export const InsightRow = memo(function InsightRow({ task }: { task: TaskInsight }) {
  const { taskId, taskName, hints } = task;
  return (
    <div role="row" className={c('row', 'task')}>
      <span role="rowheader" className={c('name')}>
        <a data-row className={c('open')} href={routeHash(taskPage(taskId))} dir="auto">
          {taskName}
        </a>
      </span>
      <span role="cell" className={c('finding')}>
        {hints.length === 0 && <Usual task={task} />}
        {hints.map((hint) => (
          <Finding key={hint.kind} hint={hint} task={task} />
        ))}
      </span>
      <span role="cell" className={c('number')}>
        {words.perDay(task.runsPerDay)}
      </span>
      <span role="cell" className={c('number')}>
        {words.timePerDay(task.busyMsPerDay)}
      </span>
      <span role="cell" className={c('number')}>
        {words.timePerDay(task.cpuMsPerDay)}
      </span>
      <span role="cell" className={c('number')}>
        {task.peakMemoryBytes === null ? '–' : formatBytes(task.peakMemoryBytes)}
      </span>
    </div>
  );
});

const icons: Readonly<Record<RunHint['kind'], LucideIcon>> = {
  'always-fails': CircleX,
  'never-ran': Clock3,
  flaky: Repeat2,
  slower: Turtle,
  'short-log': FileMinus2,
};

function Finding({ hint, task }: { hint: RunHint; task: TaskInsight }) {
  const now = useNow(60_000);
  const Icon = icons[hint.kind];
  return (
    <span className={c('sentence', hint.kind === 'always-fails' ? 'bad' : 'warn')}>
      <Icon aria-hidden />
      <span data-selectable>
        {text.taskPage.hint(hint, now)}
        <RunLink task={task} executionId={'executionId' in hint ? hint.executionId : task.latestId} />
      </span>
    </span>
  );
}

function Usual({ task }: { task: TaskInsight }) {
  const Icon = task.failures === 0 ? CircleCheck : CircleDot;
  return (
    <span className={c('sentence', 'usual')}>
      <Icon aria-hidden />
      <span>
        {words.nothing(task)}
        {task.failures > 0 && <RunLink task={task} executionId={task.latestId} />}
      </span>
    </span>
  );
}

function RunLink({ task, executionId }: { task: TaskInsight; executionId: string | null }) {
  if (executionId === null) return null;
  return (
    <a
      className={c('run')}
      href={routeHash({ view: 'execution', executionId })}
      aria-label={words.showRunOf(task.taskName)}
    >
      {words.showRun}
    </a>
  );
}
