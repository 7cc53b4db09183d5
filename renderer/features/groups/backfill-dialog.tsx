import { useEffect, useState } from 'react';
import type { IpcOutput } from '../../../main/contract/ipc.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { optionsOf, Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './move-dialog.module.css';

const c = bindClasses(styles);
const words = text.backfill;
const spans: Readonly<Record<Span, string>> = words.spans;
const HOUR = 3_600_000;
const lengths = { day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
type Span = keyof typeof lengths;
type Answer = IpcOutput<'tasks.backfillPreview'>;

/** Shows how many slots of the past would run, and runs them once each. */
export function BackfillDialog({ taskId }: { taskId: string }) {
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === taskId));
  return task ? <Content task={task} /> : null;
}

function Content({ task }: { task: TaskView }) {
  const { navigation, tasks } = useCommands();
  const [span, setSpan] = useState<Span>('day');
  const [onlyMissed, setOnlyMissed] = useState(true);
  const [request, setRequest] = useState(() => requestOf(task.id, 'day', true));
  const { answer, error } = usePreview(request);
  const close = () => navigation.askToBackfill(null);
  const ask = (next: { span: Span; onlyMissed: boolean }) => {
    setSpan(next.span);
    setOnlyMissed(next.onlyMissed);
    setRequest(requestOf(task.id, next.span, next.onlyMissed));
  };
  const count = answer?.preview.slots.length ?? 0;
  return (
    <Dialog title={words.title(task.name)} width="narrow" onDismiss={close}>
      <DialogBody>
        <div className={c('body')}>
          <Field label={words.period}>
            {(ids) => (
              <Select
                {...ids}
                value={span}
                options={optionsOf(spans)}
                onChange={(value) => ask({ span: value, onlyMissed })}
              />
            )}
          </Field>
          <Field label={words.onlyMissed} hint={words.onlyMissedHint}>
            {(ids) => <Switch {...ids} checked={onlyMissed} onChange={(on) => ask({ span, onlyMissed: on })} />}
          </Field>
          {error !== null && <p role="alert">{error}</p>}
          {answer && <Effects answer={answer} />}
        </div>
      </DialogBody>
      <DialogFooter>
        {answer?.isRunning === true && (
          <Button look="danger" onClick={() => void tasks.stopBackfill(task).then(close)}>
            {words.stop}
          </Button>
        )}
        <Button onClick={close}>{text.common.cancel}</Button>
        <Button
          look="primary"
          disabled={count === 0 || answer?.isRunning === true}
          onClick={() => void tasks.backfill(task, request).then(close)}
        >
          {words.run(count)}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function requestOf(taskId: string, span: Span, onlyMissed: boolean) {
  return { taskId, since: new Date(Date.now() - lengths[span]).toISOString(), onlyMissed };
}

function Effects({ answer: { preview, isRunning } }: { answer: Answer }) {
  const now = useNow(30_000);
  const [first] = preview.slots;
  const last = preview.slots.at(-1);
  const { ran, notMissed, unknown } = preview.left;
  return (
    <ul className={c('effects')} aria-live="polite">
      {isRunning && <li>{words.isRunning}</li>}
      <li>
        {first === undefined || last === undefined
          ? words.nothing
          : words.effect(preview.slots.length, formatMoment(first, now), formatMoment(last, now))}
      </li>
      {ran > 0 && <li className={c('faint')}>{words.ran(ran)}</li>}
      {notMissed > 0 && <li className={c('faint')}>{words.notMissed(notMissed)}</li>}
      {unknown > 0 && <li className={c('faint')}>{words.unknown(unknown)}</li>}
    </ul>
  );
}

function usePreview(request: ReturnType<typeof requestOf>): { answer: Answer | null; error: string | null } {
  const { call } = useSession();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    setError(null);
    call('tasks.backfillPreview', request).then(
      (found) => !gone && setAnswer(found),
      (thrown: unknown) => !gone && setError(sentenceOf(thrown)),
    );
    return () => {
      gone = true;
    };
  }, [call, request]);
  return { answer, error };
}
