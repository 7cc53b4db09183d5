import { Settings as SettingsIcon } from 'lucide-react';
import { useCommands, useSettings } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { View } from '../../ui/view.tsx';
import { AboutSection } from './about-section.tsx';
import { AgentsSection } from './agents-section.tsx';
import { CalendarsSection } from './calendars/calendars-section.tsx';
import { FleetSection } from './fleet/fleet-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { MachinesSection } from './machines/machines-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PublishedSection } from './published/published-section.tsx';
import { RetentionSection } from './retention/retention-section.tsx';
import { AlertsSection } from './alerts/alerts-section.tsx';
import { RunsSection } from './runs-section.tsx';
import { SecretsSection } from './secrets-section.tsx';
import { TransferSection } from './transfer-section.tsx';
import { ServersSection } from './servers-section.tsx';
import { settingSections } from '../palette/setting-entries.tsx';
import { useShownSetting } from '../palette/use-shown-setting.ts';
import styles from './settings.module.css';

const c = bindClasses(styles);

/** The settings. Each change is saved at once; a refused change is reported and reverted. */
export function SettingsView() {
  const settings = useSettings((state) => state.settings);
  const failure = useSettings((state) => state.failure);
  const commands = useCommands();
  useShownSetting(settings !== null);
  return (
    <View title={text.shell.views.settings}>
      {settings ? (
        <div className={c('columns')}>
          <SectionList />
          <div className={c('page')}>
            <GeneralSection settings={settings} />
            <NotificationsSection settings={settings} />
            <AlertsSection />
            <RunsSection settings={settings} />
            <CalendarsSection />
            <RetentionSection settings={settings} />
            <ServersSection settings={settings} />
            <MachinesSection settings={settings} />
            <FleetSection />
            <SecretsSection />
            <TransferSection />
            <PublishedSection settings={settings} />
            <AgentsSection settings={settings} />
            <AboutSection />
          </div>
        </div>
      ) : (
        <EmptyState
          icon={<SettingsIcon />}
          title={failure === null ? text.settings.loading : text.settings.unreadable}
          actions={
            failure !== null && <Button onClick={() => void commands.settings.load()}>{text.common.tryAgain}</Button>
          }
        >
          {failure}
        </EmptyState>
      )}
    </View>
  );
}

/** The sections of the page, beside it in a wide window. In a narrow one the palette finds them. */
function SectionList() {
  const { navigation } = useCommands();
  return (
    <ul className={c('sections')} aria-label={text.settings.sections}>
      {Object.entries(settingSections).map(([id, title]) => (
        <li key={id}>
          <a
            className={c('sectionLink')}
            href={routeHash({ view: 'settings' })}
            onClick={(event) => {
              event.preventDefault();
              navigation.showSetting(title);
            }}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
