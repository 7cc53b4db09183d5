import { kindsOn } from '../../../main/contract/os-scheduler-kinds.ts';
import type { Settings } from '../../../main/contract/settings.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { durationText, parseDuration } from '../../text/format.ts';
import { longAfterText, parseLongAfter } from '../../text/long-after.ts';
import { Button } from '../../ui/button.tsx';
import { optionsOf, Select } from '../../ui/select.tsx';
import { checkCount, checkDuration, checkSome } from './checks.ts';
import { Row, Section, TextRow } from './section.tsx';

export function RunsSection({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const app = useSchedule((schedule) => schedule.app);
  const words = text.settings;
  // The main process refuses one that does not work here.
  const options = (['auto', ...kindsOn(app.platform)] as const).map((value) => ({
    value,
    label: words.osSchedulers[value],
  }));
  return (
    <Section title={words.runs}>
      <Row label={words.osScheduler} hint={words.osSchedulerHint(text.osEntry.kind(app.osScheduler))}>
        {(ids) => (
          <Select
            {...ids}
            value={settings.osScheduler}
            options={options}
            onChange={(osScheduler) => void commands.settings.change({ osScheduler })}
          />
        )}
      </Row>
      <Row label={text.entries.title}>
        {(ids) => (
          <Button {...ids} onClick={() => commands.navigation.setEntries(true)}>
            {text.entries.open}
          </Button>
        )}
      </Row>
      <Row label={text.doubts.setting} hint={text.doubts.settingHint}>
        {(ids) => (
          <Select
            {...ids}
            value={settings.doubtfulRuns}
            options={optionsOf(text.doubts.policies)}
            onChange={(doubtfulRuns) => void commands.settings.change({ doubtfulRuns })}
          />
        )}
      </Row>
      <TextRow
        label={words.concurrency}
        hint={words.concurrencyHint}
        placeholder={words.concurrencyPlaceholder}
        value={settings.concurrencyLimit === undefined ? '' : String(settings.concurrencyLimit)}
        check={(typed) => (typed === '' ? null : checkCount(typed))}
        onSave={(typed) =>
          void commands.settings.change({ concurrencyLimit: typed === '' ? undefined : Number(typed) })
        }
      />
      <Row label={text.workers.setting} hint={text.workers.settingHint}>
        {(ids) => (
          <Select
            {...ids}
            value={settings.worker}
            options={optionsOf(text.workers.policies)}
            onChange={(worker) => void commands.settings.change({ worker })}
          />
        )}
      </Row>
      <TextRow
        label={words.warmWorkers}
        hint={words.warmWorkersHint}
        value={String(settings.warmWorkers)}
        check={checkSome}
        onSave={(typed) => void commands.settings.change({ warmWorkers: Number(typed) })}
      />
      <TextRow
        label={words.timeout}
        hint={words.timeoutHint}
        value={durationText(settings.defaultTimeout)}
        check={checkDuration}
        onSave={(typed) => void commands.settings.change({ defaultTimeout: parseDuration(typed) ?? undefined })}
      />
      <AttentionRows settings={settings} />
    </Section>
  );
}

const limits = text.attention.settings;
const shown = (ms: number | undefined): string => (ms === undefined ? '' : durationText(ms));
const checkLength = (typed: string): string | null => (typed === '' ? null : checkDuration(typed));
const checkLong = (typed: string): string | null =>
  typed === '' || parseLongAfter(typed) !== null ? null : text.attention.longInvalid;

/** When a task that sets no limit of its own is late, takes too long or is overdue. Empty: never. */
function AttentionRows({ settings }: { settings: Settings }) {
  const { change } = useCommands().settings;
  const { lateAfterMs, longAfter, overdueAfterMs, credentialCheckMs } = settings;
  return (
    <>
      <TextRow
        label={limits.late}
        hint={limits.lateHint}
        placeholder={text.attention.never}
        value={shown(lateAfterMs)}
        check={checkLength}
        onSave={(typed) => void change({ lateAfterMs: parseDuration(typed) ?? undefined })}
      />
      <TextRow
        label={limits.long}
        hint={limits.longHint}
        placeholder={text.attention.never}
        value={longAfter === undefined ? '' : longAfterText(longAfter)}
        check={checkLong}
        onSave={(typed) => void change({ longAfter: parseLongAfter(typed) ?? undefined })}
      />
      <TextRow
        label={limits.overdue}
        hint={limits.overdueHint}
        placeholder={text.attention.never}
        value={shown(overdueAfterMs)}
        check={checkLength}
        onSave={(typed) => void change({ overdueAfterMs: parseDuration(typed) ?? undefined })}
      />
      <TextRow
        label={limits.credentials}
        hint={limits.credentialsHint}
        placeholder="1h"
        value={durationText(credentialCheckMs)}
        check={checkLength}
        onSave={(typed) => void change({ credentialCheckMs: parseDuration(typed) ?? undefined })}
      />
    </>
  );
}
