import { useMemo } from 'react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Card, CardRemark } from './card.tsx';
import styles from './overview.module.css';
import { TaskLink } from './task-link.tsx';

const c = bindClasses(styles);

const SHOWN = 5;

/** Lists the paused tasks and why they are paused. Not shown if there are none. */
export function PausedCard() {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const commands = useCommands();
  const now = useNow(30_000);
  const resting = useMemo(() => tasks.filter(({ status }) => status === 'paused' || status === 'error'), [tasks]);
  if (resting.length === 0) return null;
  return (
    <Card title={text.overview.paused}>
      <ul>
        {resting.slice(0, SHOWN).map((task) => (
          <li key={task.id} className={c('entry')}>
            <span className={c('link')}>
              <TaskLink task={task} />
              <span className={c('sentence')}>{text.tasks.whyNotRunning(task, now)}</span>
            </span>
            <Button size="small" look="quiet" onClick={() => void commands.tasks.resume(task)}>
              {text.tasks.resume}
            </Button>
          </li>
        ))}
      </ul>
      {resting.length > SHOWN && <CardRemark>{text.overview.more(resting.length - SHOWN)}</CardRemark>}
    </Card>
  );
}
