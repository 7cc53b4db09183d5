import type { Settings } from '../../../main/contract/settings.ts';
import { useCommands, usePreferences, useSession } from '../../session-context.tsx';
import { textSizes } from '../../stores/preferences-store.ts';
import { text } from '../../text/en.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Row, Section } from './section.tsx';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.settings.themes[value] }));

const sizes = textSizes.map((value) => ({ value, label: text.settings.textSizes[value] }));

export function GeneralSection({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const { stores } = useSession();
  const textSize = usePreferences((state) => state.textSize);
  const words = text.settings;
  return (
    <Section title={words.general}>
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
      <Row label={words.startAtLogin} hint={words.startAtLoginHint}>
        {(ids) => (
          <Switch
            {...ids}
            checked={settings.startAtLogin ?? false}
            onChange={(startAtLogin) => void commands.settings.change({ startAtLogin })}
          />
        )}
      </Row>
      <Row label={words.notifyOnFailure} hint={words.notifyOnFailureHint}>
        {(ids) => (
          <Switch
            {...ids}
            checked={settings.notifyOnFailure}
            onChange={(notifyOnFailure) => void commands.settings.change({ notifyOnFailure })}
          />
        )}
      </Row>
    </Section>
  );
}
