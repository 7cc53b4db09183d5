import { CornerDownLeft, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useSession } from '../../session-context.tsx';
import { actionOf } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown } from '../../ui/clock.tsx';
import { Keys } from '../../ui/keys.tsx';
import { PhraseInput } from '../editor/schedule/phrase-input.tsx';
import { useSchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import type { SchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import { summaryOf } from '../../../main/contract/built-in/built-ins.ts';
import type { PastedTask } from '../../../main/contract/pasted-task.ts';
import { Button } from '../../ui/button.tsx';
import { usePastedLine } from './use-pasted-line.ts';
import type { PastedLine } from './use-pasted-line.ts';
import styles from './quick-add-form.module.css';

const c = bindClasses(styles);

interface QuickAddFormProps {
  onClose: () => void;
  /** Called when the task was created. */
  onDone: (name: string) => void;
  /** Stands beside the keys. */
  aside?: ReactNode;
}

/** Creates a task from one line: the schedule, a colon and the command or URL. Pasted lines of a crontab work too. */
export function QuickAddForm({ onClose, onDone, aside }: QuickAddFormProps) {
  const { call } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const typed = usePastedLine();
  const [error, setError] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const { line, pasted } = typed;
  const sketch = pasted.kind === 'task' ? pasted.sketch : null;
  const preview = useSchedulePreview(sketch?.schedule ?? '', sketch?.timezone ?? '');

  const save = async () => {
    if (saving) return;
    const missing = missingOf(pasted);
    if (missing !== null || sketch === null) {
      setError(missing);
      return;
    }
    setSaving(true);
    try {
      await call('tasks.create', sketch);
      onDone(sketch.name);
    } catch (thrown) {
      setError(sentenceOf(thrown));
    } finally {
      setSaving(false);
    }
  };
  const use = (change: () => void) => {
    change();
    setError(null);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('quickAdd', event);
    // Enter on a chip presses it.
    if (action === 'save' && event.target === input.current) void save();
    else if (action === 'close') onClose();
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
        ref={input}
        value={line}
        unused={preview.refusal?.unused ?? []}
        placeholder={text.quickAdd.placeholder}
        aria-invalid={error === null ? undefined : true}
        aria-describedby="quick-add-reading"
        onChange={(next) => {
          typed.change(next);
          setError(null);
        }}
        onPaste={typed.onPaste}
      />
      <div id="quick-add-reading" className={c('reading')} aria-live="polite">
        {error === null ? (
          <Reading pasted={pasted} preview={preview} />
        ) : (
          <p className={c('error')} role="alert">
            {error}
          </p>
        )}
      </div>
      <Chips typed={typed} preview={preview} onUse={use} />
      <div className={c('keys')}>
        <CornerDownLeft aria-hidden /> {text.quickAdd.enter}
        {aside}
        <span className={c('escape')}>
          <Keys keys={['Esc']} /> {text.quickAdd.escape}
        </span>
      </div>
    </div>
  );
}

/** Returns what to add before the task can be saved; null if nothing is missing. */
function missingOf(pasted: PastedTask): string | null {
  if (pasted.kind === 'several') return text.quickAdd.several(pasted.lines);
  if (pasted.command === '') return text.quickAdd.needsCommand;
  return pasted.sketch.schedule === '' ? text.quickAdd.needsSchedule : null;
}

interface ChipsProps {
  typed: PastedLine;
  preview: SchedulePreview;
  onUse: (change: () => void) => void;
}

/** Schedules to choose from where the line has none or a wrong one, and what else a cURL command can become. */
function Chips({ typed: { pasted, asRequest, setAsRequest, setSchedule }, preview, onUse }: ChipsProps) {
  if (pasted.kind !== 'task') return null;
  const isMissing = pasted.sketch.schedule === '' && pasted.command !== '';
  const phrases = isMissing ? text.quickAdd.examples : (preview.refusal?.suggestions ?? []);
  if (phrases.length === 0 && asRequest === null) return null;
  return (
    <div className={c('chips')} role="group" aria-label={text.quickAdd.chips}>
      {phrases.map((phrase) => (
        <Button key={phrase} size="small" onClick={() => onUse(() => setSchedule(phrase))}>
          {phrase}
        </Button>
      ))}
      {asRequest !== null && (
        <Button size="small" onClick={() => onUse(() => setAsRequest(!asRequest))}>
          {asRequest ? text.quickAdd.asCommand : text.quickAdd.asRequest}
        </Button>
      )}
    </div>
  );
}

/** Shows what was understood of the line so far. */
function Reading({ pasted, preview }: { pasted: PastedTask; preview: SchedulePreview }) {
  if (pasted.kind === 'several') return <p className={c('warning')}>{text.quickAdd.several(pasted.lines)}</p>;
  const { sketch, command, notes } = pasted;
  if (sketch.schedule === '' && command === '') return <p className={c('hint')}>{text.quickAdd.hint}</p>;
  return (
    <dl className={c('parts')}>
      <dt>{text.quickAdd.when}</dt>
      <When schedule={sketch.schedule} preview={preview} />
      <dt>{text.quickAdd.what}</dt>
      <dd>
        {command === '' ? (
          <span className={c('hint')}>{text.quickAdd.noCommand}</span>
        ) : (
          <code>{summaryOf(sketch.tool, sketch.parameters) ?? command}</code>
        )}
        <Warnings lines={notes} />
      </dd>
      {sketch.name !== '' && (
        <>
          <dt>{text.quickAdd.name}</dt>
          <dd>{sketch.name}</dd>
        </>
      )}
    </dl>
  );
}

function When({ schedule, preview: { answer, refusal } }: { schedule: string; preview: SchedulePreview }) {
  const next = answer?.nextRuns[0];
  if (schedule === '') {
    return (
      <dd>
        <span className={c('hint')}>{text.quickAdd.noSchedule}</span>
      </dd>
    );
  }
  return (
    <dd className={c(refusal && 'refused')}>
      {refusal ? refusal.message : (answer?.sentence ?? '…')}
      {next !== undefined && (
        <span className={c('next')}>
          <Countdown to={next} />
        </span>
      )}
      <Warnings lines={answer?.warnings ?? []} />
    </dd>
  );
}

const Warnings = ({ lines }: { lines: readonly string[] }) =>
  lines.map((line) => (
    <span key={line} className={c('warning')}>
      <TriangleAlert aria-hidden /> {line}
    </span>
  ));
