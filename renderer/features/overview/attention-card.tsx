import { useMemo } from 'react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { Card, CardRemark } from './card.tsx';
import styles from './overview.module.css';
import { TaskLink } from './task-link.tsx';

const c = bindClasses(styles);

const SHOWN = 6;

/** Lists the tasks that are late, take too long or are overdue. Not shown if there are none. */
export function AttentionCard() {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const { navigation } = useCommands();
  const rows = useMemo(
    () => tasks.flatMap((task) => (task.attention ?? []).map((attention) => ({ task, attention }))),
    [tasks],
  );
  if (rows.length === 0) return null;
  return (
    <Card title={text.attention.card}>
      <ul>
        {rows.slice(0, SHOWN).map(({ task, attention: { kind, executionId, message, since } }) => (
          <li key={`${task.id} ${kind} ${executionId ?? ''}`} className={c('entry')}>
            <span className={c('link')}>
              <TaskLink task={task} /> <span className={c('warn')}>{text.attention.kinds[kind]}</span>
              <span className={c('sentence', 'whole')}>{message}</span>
            </span>
            <span className={c('faint')}>
              <Ago at={since} />
            </span>
            <Button
              size="small"
              look="quiet"
              onClick={() =>
                executionId === null
                  ? navigation.openEditor({ kind: 'edit', taskId: task.id })
                  : navigation.go({ view: 'execution', executionId })
              }
            >
              {executionId === null ? text.tasks.edit : text.tasks.showLog}
            </Button>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <CardRemark>{text.overview.more(rows.length - SHOWN)}</CardRemark>}
    </Card>
  );
}
