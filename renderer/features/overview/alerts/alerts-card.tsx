import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCommands, useSession, useSettings } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { Card } from '../card.tsx';
import styles from '../overview.module.css';
import { failedChannels, type FailedChannel } from './failed-channels.ts';

const c = bindClasses(styles);
const words = text.alerts;
/** How often to look whether a channel has failed or works again, in ms: no event says so. */
const lookMs = 30_000;

/** Lists the channels that alerts could not be sent to, with what the receiver said. Not shown if there are none. */
export function AlertsCard() {
  const { stores } = useSession();
  const { alerts, navigation } = useCommands();
  const answer = useStore(stores.alerts, (state) => state.answer);
  const channels = useSettings((state) => state.settings?.alerts.channels);
  const look = useNow(lookMs);
  const hasChannels = channels !== undefined && Object.keys(channels).length > 0;
  useEffect(() => {
    if (hasChannels) void alerts.load();
  }, [alerts, hasChannels, channels, look]);
  const failed = failedChannels(answer);
  if (failed.length === 0) return null;
  const aside = (
    <Button size="small" look="quiet" onClick={() => navigation.showSetting(words.title)}>
      {words.openSettings}
    </Button>
  );
  return (
    <Card title={words.card} aside={aside}>
      <ul>
        {failed.map((channel) => (
          <Failed key={channel.name} channel={channel} />
        ))}
      </ul>
    </Card>
  );
}

function Failed({ channel: { name, problem, waiting, dropped } }: { channel: FailedChannel }) {
  const { alerts } = useCommands();
  const counts = [
    ...(waiting > 0 ? [words.waiting(waiting)] : []),
    ...(dropped > 0 ? [words.dropped(dropped)] : []),
  ].join(' · ');
  return (
    <li className={c('entry')}>
      <span className={c('link')}>
        {name} <span className={c('faint')}>{counts}</span>
        <span className={c('sentence', 'whole')}>{problem}</span>
      </span>
      <Button
        size="small"
        look="quiet"
        aria-label={words.retryNamed(name)}
        onClick={() => void alerts.retry({ channel: name })}
      >
        {words.retry}
      </Button>
    </li>
  );
}
