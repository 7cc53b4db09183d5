import { useMemo } from 'react';
import { useExecutions, usePreferences, useSession } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { RunMark } from '../../ui/status.tsx';
import { Card, CardRemark } from './card.tsx';
import { failuresByTask, unseenDoubts } from './overview-facts.ts';
import styles from './overview.module.css';

const c = bindClasses(styles);

const SHOWN = 4;

/** The doubtful runs since the person last marked failures as seen. Nothing if there are none. */
export function DoubtfulCard() {
  const { stores } = useSession();
  const seenAt = usePreferences((state) => state.failuresSeenAt);
  const recent = useExecutions((state) => state.recent);
  const doubts = useMemo(() => failuresByTask(unseenDoubts(recent, seenAt)), [recent, seenAt]);
  if (doubts.length === 0) return null;
  const markSeen = () => stores.preferences.setState({ failuresSeenAt: new Date().toISOString() });
  const aside = (
    <Button size="small" look="quiet" onClick={markSeen}>
      {text.overview.markSeen}
    </Button>
  );
  return (
    <Card title={text.doubts.card} aside={aside}>
      <ul>
        {doubts.slice(0, SHOWN).map(({ newest, count }) => (
          <li key={newest.taskId} className={c('entry')}>
            <RunMark execution={newest} iconOnly />
            <a className={c('link')} href={routeHash({ view: 'execution', executionId: newest.executionId })}>
              {newest.taskName}
              {count > 1 && <span className={c('faint')}> {text.overview.times(count)}</span>}
              <span className={c('sentence')}>{newest.doubt?.message}</span>
            </a>
            <span className={c('faint')}>
              <Ago at={newest.startedAt} />
            </span>
          </li>
        ))}
      </ul>
      {doubts.length > SHOWN && <CardRemark>{text.overview.more(doubts.length - SHOWN)}</CardRemark>}
    </Card>
  );
}
