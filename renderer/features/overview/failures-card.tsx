import { failureHeadline } from '../../../main/contract/failure-headline.ts';
import type { Execution } from '../../../main/contract/execution.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { StatusMark } from '../../ui/status.tsx';
import { fixableCommand } from '../executions/fix/fixable-command.ts';
import { Card, CardRemark } from './card.tsx';
import styles from './overview.module.css';
import { useFailedTasks } from './use-failed-tasks.ts';

const c = bindClasses(styles);

const SHOWN = 6;

export function FailuresCard() {
  const { stores } = useSession();
  const { failing, recovered } = useFailedTasks();
  const markSeen = () => stores.preferences.setState({ failuresSeenAt: new Date().toISOString() });
  const aside = failing.length + recovered.length > 0 && (
    <Button size="small" look="quiet" onClick={markSeen}>
      {text.overview.markSeen}
    </Button>
  );
  return (
    <Card title={text.overview.failed} aside={aside}>
      {failing.length === 0 ? (
        <CardRemark>{text.overview.nothingFailed}</CardRemark>
      ) : (
        <ul>
          {failing.slice(0, SHOWN).map(({ newest, count }) => (
            <Failure key={newest.taskId} execution={newest} count={count} />
          ))}
        </ul>
      )}
      {failing.length > SHOWN && <CardRemark>{text.overview.more(failing.length - SHOWN)}</CardRemark>}
      {recovered.length > 0 && (
        <CardRemark>{text.overview.recovered(recovered.map(({ newest }) => newest.taskName))}</CardRemark>
      )}
    </Card>
  );
}

function Failure({ execution, count }: { execution: Execution; count: number }) {
  const { executions } = useCommands();
  const canFix = useSchedule((schedule) => fixableCommand(execution, schedule) !== null);
  return (
    <li className={c('entry')}>
      <StatusMark status={execution.status} iconOnly />
      <a className={c('link')} href={routeHash({ view: 'execution', executionId: execution.executionId })}>
        <bdi>{execution.taskName}</bdi>
        {count > 1 && <span className={c('faint')}> {text.overview.times(count)}</span>}
        {execution.error && <span className={c('sentence')}>{failureHeadline(execution)}</span>}
      </a>
      {canFix && (
        <Button
          size="small"
          look="quiet"
          className={c('fix')}
          aria-label={text.executions.fix.of(execution.taskName)}
          onClick={() => executions.fix(execution.executionId)}
        >
          {text.executions.fix.open}
        </Button>
      )}
      <span className={c('faint')}>
        <Ago at={execution.startedAt} />
      </span>
    </li>
  );
}
