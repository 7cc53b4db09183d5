import { useRef, useState } from 'react';
import type { ClipboardEvent } from 'react';
import { TriangleAlert } from 'lucide-react';
import { splitQuickLine } from '../../../../main/contract/quick-line.ts';
import type { QuickLine } from '../../../../main/contract/quick-line.ts';
import { useSchedule } from '../../../session-context.tsx';
import type { ScheduleAnswer } from '../../../../main/contract/schedule-answer.ts';
import { eventsOf, neverRunAt, scheduleText } from '../../../../main/contract/schedule-rule.ts';
import { text } from '../../../text/en.ts';
import { formatCountdown, formatMoment, formatTime, formatZone } from '../../../text/format.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { Field } from '../../../ui/field.tsx';
import { PhraseInput } from './phrase-input.tsx';
import { ScheduleBuilder } from './builder/schedule-builder.tsx';
import styles from './schedule-field.module.css';
import type { SchedulePreview } from './use-schedule-preview.ts';

const c = bindClasses(styles);

interface ScheduleFieldProps {
  value: string;
  /** The zone of the task. */
  timezone: string;
  preview: SchedulePreview;
  /** The error from saving. The error of the preview takes precedence, because it is about the current text. */
  error: string | undefined;
  onChange: (value: string) => void;
  /** Takes over a line that holds more than a schedule, such as one of a crontab. */
  onTakeLine: (line: QuickLine) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
}

/** One field for a phrase, a cron expression or a date. Shows what the text means while it is typed. */
export function ScheduleField({ value, timezone, preview, error, onChange, onTakeLine, onPaste }: ScheduleFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isBuilding, setBuilding] = useState(false);
  const line = splitQuickLine(value);
  const use = (phrase: string) => {
    onChange(phrase);
    input.current?.focus();
  };
  return (
    <div className={c('block')}>
      <Field
        label={text.editor.schedule}
        error={preview.refusal?.message ?? (preview.answer ? null : error)}
        aside={
          <Button size="small" look="quiet" aria-expanded={isBuilding} onClick={() => setBuilding(!isBuilding)}>
            {isBuilding ? text.scheduleBuilder.close : text.scheduleBuilder.open}
          </Button>
        }
      >
        {(ids) => (
          <PhraseInput
            {...ids}
            ref={input}
            value={value}
            unused={preview.refusal?.unused ?? []}
            placeholder={text.editor.schedulePlaceholder}
            onChange={onChange}
            onPaste={onPaste}
            onClick={({ currentTarget }) => {
              // A click into the default schedule selects it, so that typing replaces it.
              if (value === text.editor.scheduleDefault) currentTarget.select();
            }}
          />
        )}
      </Field>
      {isBuilding ? (
        <ScheduleBuilder {...{ value, preview, timezone, onChange }} />
      ) : line.command !== '' ? (
        <div className={c('suggestions')}>
          <Button size="small" onClick={() => onTakeLine(line)}>
            {text.editor.takeCommand(line.command)}
          </Button>
        </div>
      ) : (
        <Suggestions preview={preview} isEmpty={isUntyped(value)} onUse={use} />
      )}
      <Meaning preview={preview} />
    </div>
  );
}

/** Nothing was typed: the examples are shown. */
const isUntyped = (value: string): boolean => value.trim() === '' || value === text.editor.scheduleDefault;

interface SuggestionsProps {
  preview: SchedulePreview;
  isEmpty: boolean;
  onUse: (phrase: string) => void;
}

function Suggestions({ preview, isEmpty, onUse }: SuggestionsProps) {
  const phrases = isEmpty ? text.editor.scheduleExamples : (preview.refusal?.suggestions ?? []);
  if (phrases.length === 0) return null;
  return (
    <div className={c('suggestions')}>
      <span>{isEmpty ? text.editor.tryOne : text.editor.didYouMean}</span>
      {phrases.map((phrase) => (
        <Button key={phrase} size="small" onClick={() => onUse(phrase)}>
          {phrase}
        </Button>
      ))}
    </div>
  );
}

const eventsOfAnswer = ({ scheduleRule }: ScheduleAnswer) => eventsOf({ runAt: neverRunAt, scheduleRule });

function Meaning({ preview }: { preview: SchedulePreview }) {
  const { answer, isStale } = preview;
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  if (!answer) return null;
  return (
    <div className={c('meaning', isStale && 'stale')}>
      <p className={c('sentence')}>
        <span>
          {answer.sentence}
          {answer.kind !== 'event' && answer.timezone !== machineZone && (
            <span className={c('zone')}> {text.editor.inZone(formatZone(answer.timezone))}</span>
          )}
        </span>
        {answer.cron !== null && (
          <code data-selectable>
            {scheduleText({ cronExpression: answer.cron, scheduleRule: answer.scheduleRule })}
          </code>
        )}
      </p>
      {answer.warnings.map((warning) => (
        <p key={warning} className={c('warning')}>
          <TriangleAlert aria-hidden /> {warning}
        </p>
      ))}
      {answer.kind === 'on-demand' || answer.kind === 'event' ? (
        <p className={c('zone')}>
          {answer.kind === 'event' ? text.taskPage.nextEvent(eventsOfAnswer(answer)) : text.editor.onDemand}
        </p>
      ) : (
        <NextRuns answer={answer} />
      )}
    </div>
  );
}

/** Lists the next slots in the task's time zone, and in the reader's if it differs; those on days that are left out with the reason. */
function NextRuns({ answer }: { answer: ScheduleAnswer }) {
  const { timezone, daysOff = [] } = answer;
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const now = useNow();
  const runs = answer.nextRuns.map((slot) => ({ slot, reason: null }));
  const slots = [...runs, ...daysOff].sort((one, other) => one.slot.localeCompare(other.slot));
  return (
    <ol className={c('runs')} aria-label={text.editor.nextRuns}>
      {slots.map(({ slot, reason }) => (
        <li key={slot} className={c('run', reason !== null && 'off')}>
          <time dateTime={slot}>{formatMoment(slot, now, timezone)}</time>
          {timezone !== machineZone && <span className={c('local')}>{text.editor.yourTime(formatTime(slot))}</span>}
          <span className={c('countdown')}>
            {reason === null ? formatCountdown(slot, now) : text.editor.dayOff(reason)}
          </span>
        </li>
      ))}
    </ol>
  );
}
