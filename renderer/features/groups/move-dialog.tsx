import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { scheduleText } from '../../../main/contract/schedule-rule.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import type { MoveRequest } from '../../stores/navigation-store.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Picker } from '../../ui/picker.tsx';
import { nextRunOf } from './groups.ts';
import styles from './move-dialog.module.css';

const c = bindClasses(styles);

/** Shows what changes when a task moves to another group and asks to confirm. Also used to move a task by keyboard. */
export function MoveDialog({ request }: { request: MoveRequest }) {
  const { navigation, tasks } = useCommands();
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === request.taskId));
  const timings = useSchedule((schedule) => schedule.timings);
  const [chosen, setChosen] = useState(request.timingId ?? '');
  const from = timings.find(({ id }) => id === task?.timingId);
  const to = timings.find(({ id }) => id === chosen);
  const close = () => navigation.askToMove(null);
  if (!task) return null;
  const options = timings
    .filter(({ id }) => id !== task.timingId)
    .map(({ id, sentence, timezone }) => ({ value: id, label: sentence, detail: timezone }));
  const move = () => {
    if (to) void tasks.reschedule(task, scheduleText(to), to.timezone);
    close();
  };
  return (
    <Dialog title={text.groups.moveTitle(task.name)} width="narrow" onDismiss={close}>
      <DialogBody>
        <div className={c('body')}>
          {request.timingId === null && (
            <Field label={text.groups.moveTo}>
              {() => (
                <Picker
                  label={text.groups.moveTo}
                  value={chosen}
                  options={options}
                  none={noGroup}
                  onChange={setChosen}
                />
              )}
            </Field>
          )}
          {from && to && <Change task={task} from={from} to={to} />}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={close}>{text.common.cancel}</Button>
        <Button look="primary" autoFocus={request.timingId !== null} disabled={!to} onClick={move}>
          {text.groups.move}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

const noGroup = { value: '', label: text.groups.chooseGroup };

function Change({ task, from, to }: { task: TaskView; from: TimingView; to: TimingView }) {
  const now = useNow(30_000);
  const next = nextRunOf(to, now);
  return (
    <>
      <div className={c('change')}>
        <Side name={text.groups.before} timing={from} />
        <ArrowRight aria-hidden />
        <Side name={text.groups.after} timing={to} />
      </div>
      <ul className={c('effects')}>
        <li>
          {task.status !== 'active'
            ? text.groups.staysPaused
            : next === undefined
              ? text.groups.noNextAfterMove
              : text.groups.nextAfterMove(formatMoment(next, now))}
        </li>
        {from.taskIds.length === 1 && <li>{text.groups.groupRemoved}</li>}
      </ul>
    </>
  );
}

function Side({ name, timing }: { name: string; timing: TimingView }) {
  return (
    <div className={c('side')}>
      <span className={c('faint')}>{name}</span>
      <strong>{timing.sentence}</strong>
      <span className={c('faint')}>{timing.timezone}</span>
    </div>
  );
}
