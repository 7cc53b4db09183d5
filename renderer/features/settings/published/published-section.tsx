import type { Settings } from '../../../../main/contract/settings.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { checkSome } from '../checks.ts';
import { Section, TextRow } from '../section.tsx';

const words = text.published;
/** The main process checks the same. Empty: no file. */
const checkPath = (typed: string): string | null =>
  typed === '' || /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(typed) ? null : words.absolute;

/** The files that this app keeps up to date for calendars and monitoring. */
export function PublishedSection({ settings }: { settings: Settings }) {
  const { change } = useCommands().settings;
  return (
    <Section title={words.title}>
      <TextRow
        label={words.calendarFile}
        hint={words.calendarFileHint}
        placeholder={words.none}
        value={settings.calendarFile ?? ''}
        check={checkPath}
        onSave={(typed) => void change({ calendarFile: typed === '' ? undefined : typed })}
      />
      <TextRow
        label={words.calendarPastDays}
        hint={words.calendarPastDaysHint}
        value={String(settings.calendarPastDays)}
        check={checkSome}
        onSave={(typed) => void change({ calendarPastDays: Number(typed) })}
      />
      <TextRow
        label={words.metricsFile}
        hint={words.metricsFileHint}
        placeholder={words.none}
        value={settings.metricsFile ?? ''}
        check={checkPath}
        onSave={(typed) => void change({ metricsFile: typed === '' ? undefined : typed })}
      />
    </Section>
  );
}
