import { Bell, BellOff } from 'lucide-react';
import { rulesDecideNotifications } from '../../../main/contract/alerts/desktop-channel.ts';
import type { Settings } from '../../../main/contract/settings.ts';
import { useCan, useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Banner } from '../../ui/banner.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Row, Section } from './section.tsx';

const kinds = [
  'notifyOnFailure',
  'notifyOnRecovery',
  'notifyOnChange',
  'notifyOnPause',
  'notifyOnMissed',
  'notifyOnAttention',
] as const;

export function NotificationsSection({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const words = text.notifications;
  const rulesDecide = rulesDecideNotifications(settings.alerts);
  return (
    <Section title={words.title}>
      <NotificationState />
      {rulesDecide && (
        <Banner tone="info" icon={<Bell />}>
          {words.rulesDecide}
        </Banner>
      )}
      {kinds.map((kind) => (
        <Row key={kind} label={words.kinds[kind].label} hint={words.kinds[kind].hint}>
          {(ids) => (
            <Switch
              {...ids}
              disabled={rulesDecide}
              checked={settings[kind]}
              onChange={(on) => void commands.settings.change({ [kind]: on })}
            />
          )}
        </Row>
      ))}
    </Section>
  );
}

/** Says if this desktop does not show notifications as a person would expect. */
function NotificationState() {
  const state = useSchedule((schedule) => schedule.desktop.notifications);
  const isDesktop = useCan('desktop');
  const words = text.notifications;
  if (!isDesktop) return null;
  if (!state.available) {
    return (
      <Banner tone="warn" icon={<BellOff />}>
        <strong>{words.unavailable}</strong> {state.problem} {words.insteadTray}
      </Banner>
    );
  }
  if (state.doNotDisturb !== true) return null;
  return (
    <Banner tone="info" icon={<BellOff />}>
      {words.doNotDisturb}
    </Banner>
  );
}
