import { useState } from 'react';
import { PanelTop, TriangleAlert } from 'lucide-react';
import type { Settings } from '../../../main/contract/settings.ts';
import { useCan, useCommands, usePreferences, useSchedule, useSession } from '../../session-context.tsx';
import { textSizes } from '../../stores/preferences-store.ts';
import { text } from '../../text/en.ts';
import { signOut } from '../../bridge/web-session.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Row, Section, TextRow } from './section.tsx';
import { ShellCommandRow } from './shell-command-row.tsx';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.settings.themes[value] }));

const timeFormats = (['system', '24h', '12h'] as const).map((value) => ({
  value,
  label: text.times.timeFormats[value],
}));

const firstDays = (['system', 'monday', 'sunday', 'saturday'] as const).map((value) => ({
  value,
  label: text.times.firstDays[value],
}));

const sizes = textSizes.map((value) => ({ value, label: text.settings.textSizes[value] }));

export function GeneralSection({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const { stores, machine } = useSession();
  const textSize = usePreferences((state) => state.textSize);
  const words = text.settings;
  const isDesktop = useCan('desktop');
  return (
    <Section title={words.general}>
      <TrayState />
      <Row label={words.theme}>
        {() => (
          <Segmented
            label={words.theme}
            value={settings.theme}
            options={themes}
            onChange={(theme) => void commands.settings.change({ theme })}
          />
        )}
      </Row>
      <Row label={words.textSize}>
        {() => (
          <Segmented
            label={words.textSize}
            value={textSize}
            options={sizes}
            onChange={(size) => stores.preferences.setState({ textSize: size })}
          />
        )}
      </Row>
      <Row label={text.times.timeFormat}>
        {() => (
          <Segmented
            label={text.times.timeFormat}
            value={settings.timeFormat}
            options={timeFormats}
            onChange={(timeFormat) => void commands.settings.change({ timeFormat })}
          />
        )}
      </Row>
      <Row label={text.times.firstDayOfWeek}>
        {() => (
          <Segmented
            label={text.times.firstDayOfWeek}
            value={settings.firstDayOfWeek}
            options={firstDays}
            onChange={(firstDayOfWeek) => void commands.settings.change({ firstDayOfWeek })}
          />
        )}
      </Row>
      {isDesktop ? <DesktopRows settings={settings} /> : machine === null && <SignOutRow />}
      <ShellCommandRow />
    </Section>
  );
}

/** What only the app on a desktop has. */
function DesktopRows({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const desktop = useSchedule((schedule) => schedule.desktop);
  const words = text.settings;
  return (
    <>
      <Row label={words.startAtLogin} hint={words.startAtLoginHint}>
        {(ids) => (
          <Switch
            {...ids}
            checked={settings.startAtLogin ?? false}
            onChange={(startAtLogin) => void commands.settings.change({ startAtLogin })}
          />
        )}
      </Row>
      <Problem text={desktop.startAtLogin.problem} />
      <TextRow
        label={text.desktop.shortcut}
        hint={text.desktop.shortcutHint}
        placeholder={text.desktop.shortcutPlaceholder}
        value={settings.quickAddShortcut}
        check={() => null}
        onSave={(quickAddShortcut) => void commands.settings.change({ quickAddShortcut })}
      />
      <Problem text={desktop.shortcut.problem} />
      <Row label={text.tour.setting} hint={text.tour.settingHint}>
        {(ids) => (
          <Button {...ids} aria-label={text.tour.start} onClick={commands.tour.start}>
            {text.tour.start}
          </Button>
        )}
      </Row>
      <Row label={text.desktop.updates} hint={text.desktop.updatesHint(desktop.updates)}>
        {(ids) => (
          <Switch
            {...ids}
            disabled={desktop.updates.state === 'unavailable'}
            checked={settings.checkForUpdates && desktop.updates.state !== 'unavailable'}
            onChange={(checkForUpdates) => void commands.settings.change({ checkForUpdates })}
          />
        )}
      </Row>
      {desktop.updates.state === 'available' && desktop.updates.installs && <InstallUpdate />}
    </>
  );
}

/** Downloads the newer version. The app quits once it has it, and asks first while tasks run. */
function InstallUpdate() {
  const { settings } = useCommands();
  const [isBusy, setBusy] = useState(false);
  const install = async () => {
    setBusy(true);
    await settings.installUpdate();
    setBusy(false);
  };
  return (
    <Button busy={isBusy} onClick={() => void install()}>
      {text.desktop.installUpdate}
    </Button>
  );
}

function SignOutRow() {
  return (
    <Row label={text.web.signOutLabel} hint={text.web.signOutHint}>
      {(ids) => (
        <Button {...ids} size="small" onClick={() => void signOut()}>
          {text.web.signOut}
        </Button>
      )}
    </Row>
  );
}

/** Shows how the system applied the setting above. */
function Problem({ text: problem }: { text: string | null }) {
  if (problem === null) return null;
  return (
    <Banner tone="warn" icon={<TriangleAlert />}>
      {problem}
    </Banner>
  );
}

function TrayState() {
  const available = useSchedule((schedule) => schedule.desktop.tray.available);
  if (available !== false) return null;
  return (
    <Banner tone="info" icon={<PanelTop />}>
      {text.tray.absent}
    </Banner>
  );
}
