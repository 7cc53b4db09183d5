import type { Settings } from '../../../../main/contract/settings.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { checkCount } from '../checks.ts';
import { CleanupScheduleRow } from './cleanup-schedule-row.tsx';
import { Row, Section, TextRow } from '../section.tsx';

const MEGABYTE = 1024 * 1024;

export function RetentionSection({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const words = text.settings;
  return (
    <Section title={words.retention}>
      <Row label={words.cleanup}>
        {(ids) => (
          <Switch
            {...ids}
            checked={settings.enableAutoCleanup}
            onChange={(enableAutoCleanup) => void commands.settings.change({ enableAutoCleanup })}
          />
        )}
      </Row>
      <CleanupScheduleRow cron={settings.cleanupSchedule} />
      <TextRow
        label={words.maxAge}
        value={String(settings.maxExecutionAgeDays)}
        check={checkCount}
        onSave={(typed) => void commands.settings.change({ maxExecutionAgeDays: Number(typed) })}
      />
      <TextRow
        label={words.maxRuns}
        value={String(settings.maxExecutionsPerJob)}
        check={checkCount}
        onSave={(typed) => void commands.settings.change({ maxExecutionsPerJob: Number(typed) })}
      />
      <TextRow
        label={words.maxLogs}
        value={String(Math.round(settings.maxLogBytes / MEGABYTE))}
        check={checkCount}
        onSave={(typed) => void commands.settings.change({ maxLogBytes: Number(typed) * MEGABYTE })}
      />
      <Row label={words.cleanUpNow} hint={words.cleanUpHint}>
        {(ids) => (
          <Button {...ids} onClick={() => void commands.settings.cleanUp()}>
            {words.cleanUpNow}
          </Button>
        )}
      </Row>
      <Row label={words.backups} hint={text.backups.hint}>
        {(ids) => (
          <Button {...ids} onClick={() => commands.navigation.openHistory({ kind: 'backups' })}>
            {text.backups.open}
          </Button>
        )}
      </Row>
    </Section>
  );
}
