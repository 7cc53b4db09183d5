import { PanelTop, X, Zap } from 'lucide-react';
import { useStore } from 'zustand';
import { formatDuration } from '../../../../main/contract/durations.ts';
import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { plainText } from '../../../stores/log-lines.ts';
import { routeHash } from '../../../stores/route.ts';
import { text } from '../../../text/en.ts';
import { formatMoment } from '../../../text/format.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Ago, useNow } from '../../../ui/clock.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TagChip } from '../../../ui/tag-chip.tsx';
import { useAfterWords } from '../../chains/use-after-words.ts';
import { taskSummary } from '../../groups/groups.ts';
import { shownNextRun } from '../rows/next-run.ts';
import { RunStrip } from '../rows/run-strip.tsx';
import { LastStatus } from '../rows/task-cells.tsx';
import { useLogEnd } from './use-log-end.ts';
import styles from './peek-panel.module.css';

const c = bindClasses(styles);
const words = text.peek;

interface PeekPanelProps {
  readonly task: TaskView;
  readonly timing: TimingView | undefined;
  readonly onClose: () => void;
}

/** What a person wants to know about a task without leaving the list. The focus stays in the list. */
export function PeekPanel({ task, timing, onClose }: PeekPanelProps) {
  const { navigation, tasks } = useCommands();
  return (
    <aside className={c('panel')} aria-label={words.region(task.name)}>
      <header className={c('head')}>
        <LastStatus task={task} />
        <h2 className={c('name')} dir="auto">
          {task.name}
        </h2>
        <IconButton label={words.close} icon={<X aria-hidden />} onClick={onClose} />
      </header>
      <div className={c('actions')}>
        <Button size="small" icon={<PanelTop aria-hidden />} onClick={() => navigation.openTask(task.id)}>
          {words.open}
        </Button>
        <Button size="small" icon={<Zap aria-hidden />} onClick={() => void tasks.runNow(task)}>
          {text.tasks.runNow}
        </Button>
        {task.lastExecutionId !== undefined && (
          <a className={c('link')} href={routeHash({ view: 'execution', executionId: task.lastExecutionId })}>
            {words.showLog}
          </a>
        )}
      </div>
      <code className={c('summary')} data-selectable>
        {taskSummary(task)}
      </code>
      {(task.tags ?? []).length > 0 && (
        <div className={c('tags')}>
          {task.tags?.map((tag) => (
            <TagChip key={tag} tag={tag} />
          ))}
        </div>
      )}
      <Facts task={task} timing={timing} />
      {task.lastExecutionId !== undefined && <LogEnd executionId={task.lastExecutionId} isRunning={task.running > 0} />}
    </aside>
  );
}

function Facts({ task, timing }: Pick<PeekPanelProps, 'task' | 'timing'>) {
  const { stores } = useSession();
  const now = useNow(30_000);
  const figures = useStore(stores.figures, (state) => state.known.get(task.id));
  const after = useAfterWords(task);
  const next = shownNextRun(task, timing, now);
  const rest = task.status === 'active' ? text.groups.noNext : text.tasks.whyNotRunning(task, now);
  const facts = [
    [words.schedule, [timing?.sentence ?? text.taskList.unknown, after].filter((part) => part !== '').join(', ')],
    [words.next, next === undefined ? rest : formatMoment(next, now)],
    [
      words.last,
      task.lastExecutionAt === undefined ? text.tasks.neverRan : <Ago key="last" at={task.lastExecutionAt} />,
    ],
    [words.usual, figures?.usualMs == null ? text.taskList.unknown : formatDuration(figures.usualMs)],
    [words.success, figures?.successRate == null ? text.taskList.unknown : text.taskList.share(figures.successRate)],
    [words.runs, String(task.executionCount)],
    ...(task.workingDirectory === undefined ? [] : [[words.folder, task.workingDirectory] as const]),
  ] as const;
  return (
    <>
      {figures?.runs && (
        <div className={c('strip')}>
          <RunStrip runs={figures.runs} />
        </div>
      )}
      <dl className={c('facts')}>
        {facts.map(([name, value]) => (
          <div key={name} className={c('fact')}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {(task.attention ?? []).map(({ kind, message }) => (
        <p key={kind} className={c('attention')}>
          {message}
        </p>
      ))}
    </>
  );
}

function LogEnd({ executionId, isRunning }: { executionId: string; isRunning: boolean }) {
  const { lines, failure } = useLogEnd(executionId, isRunning);
  return (
    <section className={c('log')} aria-label={words.log}>
      <h3 className={c('heading')}>{words.log}</h3>
      {failure !== null && <p role="alert">{text.log.unreadable(failure)}</p>}
      {lines?.length === 0 && <p className={c('none')}>{words.noLog}</p>}
      {lines !== null && lines.length > 0 && (
        <pre className={c('lines')} tabIndex={0} aria-label={words.log}>
          {lines.map((line) => plainText(line.text)).join('\n')}
        </pre>
      )}
    </section>
  );
}
