import { useState } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { optionsOf, Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { pauseEnd, type PauseSpan } from './pause-end.ts';
import styles from './pause-dialog.module.css';

const c = bindClasses(styles);
const words = text.pausing;
const spans: Readonly<Record<PauseSpan, string>> = words.spans;

/** Pauses a task until an instant, with a reason that lists show. */
export function PauseDialog({ taskId }: { taskId: string }) {
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === taskId));
  return task ? <Content task={task} /> : null;
}

function Content({ task }: { task: TaskView }) {
  const { navigation, tasks } = useCommands();
  const [span, setSpan] = useState<PauseSpan>('tomorrow');
  const [at, setAt] = useState('');
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const close = () => navigation.askToPause(null);
  const pause = async () => {
    const end = pauseEnd(span, at, Date.now());
    if ('error' in end) return setError(end.error);
    const options = { ...(end.until !== undefined && { until: end.until }), ...(note !== '' && { note: note.trim() }) };
    if ((await tasks.pause(task, options)) !== null) close();
  };
  return (
    <Dialog title={words.title(task.name)} width="narrow" onDismiss={close}>
      <form
        className={c('form')}
        onSubmit={(event) => {
          event.preventDefault();
          void pause();
        }}
      >
        <DialogBody>
          <div className={c('fields')}>
            <Field label={words.until}>
              {(ids) => <Select {...ids} value={span} options={optionsOf(spans)} onChange={setSpan} />}
            </Field>
            {span === 'at' && (
              <Field label={words.at} error={error}>
                {(ids) => (
                  <TextInput
                    {...ids}
                    type="datetime-local"
                    value={at}
                    onChange={(event) => {
                      setAt(event.target.value);
                      setError(null);
                    }}
                  />
                )}
              </Field>
            )}
            <Field label={words.note} hint={words.noteHint}>
              {(ids) => (
                <TextInput {...ids} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
          </div>
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>{text.common.cancel}</Button>
          <Button look="primary" type="submit">
            {words.pause}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
