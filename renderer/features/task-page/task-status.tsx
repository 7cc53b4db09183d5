import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock3,
  Flag,
  LoaderCircle,
  TriangleAlert,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { isFailure } from '../../ui/failure.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);
const words = text.taskPage.status;

interface Status {
  tone: 'good' | 'bad' | 'warn' | 'quiet' | 'running';
  icon: LucideIcon;
  word: string;
}

/** Returns the states of a task, the most important first: it can be failing and late at once. */
export function statusesOf(task: TaskView, allPaused: boolean): Status[] {
  if (task.status === 'error') return [{ tone: 'bad', icon: CircleX, word: words.error }];
  if (task.status === 'completed') return [{ tone: 'quiet', icon: Flag, word: words.completed }];
  const found: Status[] = [];
  if (task.status === 'paused') found.push({ tone: 'quiet', icon: CirclePause, word: words.paused });
  else if (allPaused) found.push({ tone: 'quiet', icon: CirclePause, word: words.allPaused });
  if (task.running > 0) found.push({ tone: 'running', icon: LoaderCircle, word: words.running });
  if (isFailure(task.lastStatus)) found.push({ tone: 'bad', icon: CircleAlert, word: words.failing });
  else if (task.lastDoubtful === true) found.push({ tone: 'warn', icon: TriangleAlert, word: words.doubtful });
  for (const { kind } of task.attention ?? [])
    found.push({ tone: 'warn', icon: Clock3, word: capital(text.attention.kinds[kind]) });
  return found.length > 0 ? found : [{ tone: 'good', icon: CircleCheck, word: words.active }];
}

export function StatusBadge({ task }: { task: TaskView }) {
  const allPaused = useSchedule((schedule) => schedule.paused !== null);
  return (
    <span className={c('badges')}>
      {statusesOf(task, allPaused).map(({ tone, icon: Icon, word }) => (
        <span key={word} className={c('badge', tone)}>
          <Icon aria-hidden />
          {word}
        </span>
      ))}
    </span>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
