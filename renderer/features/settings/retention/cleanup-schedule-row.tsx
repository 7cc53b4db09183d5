import { useEffect, useState } from 'react';
import { sentenceOf } from '../../../bridge/bridge-error.ts';
import { useCommands, useSchedule, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { TextRow } from '../section.tsx';
import { cleanupCron } from './cleanup-cron.ts';

const words = text.settings;

/** When old runs are deleted: shown and typed in words, saved as the cron expression that they mean. */
export function CleanupScheduleRow({ cron }: { cron: string }) {
  const { call } = useSession();
  const { settings } = useCommands();
  const timezone = useSchedule((schedule) => schedule.app.timezone);
  const [shown, setShown] = useState(cron);
  useEffect(() => {
    let outdated = false;
    const show = (found: string | null) => !outdated && setShown(found ?? cron);
    void call('schedule.words', { cronExpression: cron, timezone }).then(
      (answer) => show(answer.words),
      // Without the words, the expression is shown, which means the same.
      () => show(null),
    );
    return () => {
      outdated = true;
    };
  }, [call, cron, timezone]);
  const save = async (phrase: string) => {
    try {
      const answer = await call('schedule.parse', { phrase, timezone });
      const typed = cleanupCron(answer, timezone);
      if (typed === null) return words.cleanupScheduleTooRich;
      if (typed === cron) setShown(phrase);
      else void settings.change({ cleanupSchedule: typed });
      return null;
    } catch (thrown) {
      return sentenceOf(thrown);
    }
  };
  return (
    <TextRow
      label={words.cleanupSchedule}
      hint={words.cleanupScheduleHint}
      value={shown}
      check={(typed) => (typed === '' ? text.editor.errors.schedule : null)}
      onSave={save}
    />
  );
}
