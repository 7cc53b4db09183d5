import { CornerDownLeft, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown } from '../../ui/clock.tsx';
import { Keys } from '../../ui/keys.tsx';
import { PhraseInput } from '../editor/schedule/phrase-input.tsx';
import { useSchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import type { SchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import { quickDraft, splitQuickLine } from '../../../main/contract/quick-line.ts';
import type { QuickLine } from '../../../main/contract/quick-line.ts';
import styles from './quick-add-form.module.css';

const c = bindClasses(styles);

interface QuickAddFormProps {
  onClose: () => void;
  /** Called when the task was created. */
  onDone: (name: string) => void;
}

/** Creates a task from one line: the schedule, a colon and the command or URL. A line of a crontab works too. */
export function QuickAddForm({ onClose, onDone }: QuickAddFormProps) {
  const { call } = useSession();
  const [line, setLine] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const { schedule, command } = splitQuickLine(line);
  const preview = useSchedulePreview(schedule, '');

  const save = async () => {
    if (saving) return;
    if (command === '') {
      setError(text.quickAdd.needsCommand);
      return;
    }
    setSaving(true);
    try {
      const draft = quickDraft({ schedule, command });
      await call('tasks.create', draft);
      onDone(draft.name);
    } catch (thrown) {
      setError(sentenceOf(thrown));
    } finally {
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void save();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={c('form')} onKeyDown={onKeyDown}>
      <label className="visually-hidden" htmlFor="what-and-when">
        {text.quickAdd.field}
      </label>
      <PhraseInput
        id="what-and-when"
        large
        autoFocus
        value={line}
        unused={preview.refusal?.unused ?? []}
        placeholder={text.quickAdd.placeholder}
        aria-invalid={error === null ? undefined : true}
        aria-describedby="quick-add-reading"
        onChange={(next) => {
          setLine(next);
          setError(null);
        }}
      />
      <div id="quick-add-reading" className={c('reading')} aria-live="polite">
        {error === null ? (
          <Reading line={{ schedule, command }} preview={preview} />
        ) : (
          <p className={c('error')} role="alert">
            {error}
          </p>
        )}
      </div>
      <p className={c('keys')}>
        <CornerDownLeft aria-hidden /> {text.quickAdd.enter}
        <span className={c('escape')}>
          <Keys keys={['Esc']} /> {text.quickAdd.escape}
        </span>
      </p>
    </div>
  );
}

/** Shows what was understood of the line so far. */
function Reading({ line, preview }: { line: QuickLine; preview: SchedulePreview }) {
  const { answer, refusal } = preview;
  const next = answer?.nextRuns[0];
  if (line.schedule === '') return <p className={c('hint')}>{text.quickAdd.hint}</p>;
  return (
    <dl className={c('parts')}>
      <dt>{text.quickAdd.when}</dt>
      <dd className={c(refusal && 'refused')}>
        {refusal ? refusal.message : (answer?.sentence ?? '…')}
        {next !== undefined && (
          <span className={c('next')}>
            <Countdown to={next} />
          </span>
        )}
        {answer?.warnings.map((warning) => (
          <span key={warning} className={c('warning')}>
            <TriangleAlert aria-hidden /> {warning}
          </span>
        ))}
      </dd>
      <dt>{text.quickAdd.what}</dt>
      <dd>
        {line.command === '' ? (
          <span className={c('hint')}>{text.quickAdd.noCommand}</span>
        ) : (
          <code>{line.command}</code>
        )}
      </dd>
    </dl>
  );
}
