import { useMemo } from 'react';
import { useCommands, useExecutions } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { StatusMark } from '../../ui/status.tsx';
import { Card, CardRemark } from './card.tsx';
import styles from './overview.module.css';

const c = bindClasses(styles);

const SHOWN = 6;

export function RunningCard() {
  const recent = useExecutions((state) => state.recent);
  const running = useMemo(() => recent.filter((execution) => execution.status === 'running'), [recent]);
  const { executions } = useCommands();
  return (
    <Card title={text.overview.running}>
      {running.length === 0 ? (
        <CardRemark>{text.overview.nothingRunning}</CardRemark>
      ) : (
        <ul>
          {running.slice(0, SHOWN).map((execution) => (
            <li key={execution.executionId} className={c('entry')}>
              <StatusMark status="running" iconOnly />
              <a
                className={c('link')}
                href={routeHash({ view: 'execution', executionId: execution.executionId })}
                dir="auto"
              >
                {execution.taskName}
              </a>
              <Elapsed since={execution.startedAt} />
              <Button size="small" look="quiet" onClick={() => void executions.cancel(execution)}>
                {text.executions.cancel}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {running.length > SHOWN && <CardRemark>{text.overview.more(running.length - SHOWN)}</CardRemark>}
    </Card>
  );
}

function Elapsed({ since }: { since: string }) {
  const now = useNow();
  return <span className={c('faint')}>{formatDuration(Math.max(0, now - Date.parse(since)))}</span>;
}
