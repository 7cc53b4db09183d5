import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Picker } from '../../../ui/picker.tsx';
import { TagInput } from '../../../ui/tag-input.tsx';
import { filterChoices } from '../arrange/match-tasks.ts';
import type { ListDialog } from '../use-list-actions.ts';
import styles from './bulk-dialog.module.css';

const c = bindClasses(styles);
const words = text.bulk;

interface BulkDialogProps {
  readonly dialog: ListDialog;
  readonly onClose: () => void;
}

/** Asks for what a change of several tasks needs. */
export function BulkDialog(props: BulkDialogProps) {
  switch (props.dialog.kind) {
    case 'run':
      return <RunDialog {...props} />;
    case 'tag':
      return <TagDialog {...props} />;
    case 'move':
      return <MoveTasksDialog {...props} />;
  }
}

interface FrameProps {
  readonly title: string;
  readonly button: string;
  readonly isReady: boolean;
  readonly onApply: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Frame({ title, button, isReady, onApply, onClose, children }: FrameProps) {
  const apply = () => {
    onApply();
    onClose();
  };
  return (
    <Dialog title={title} width="narrow" onDismiss={onClose}>
      <DialogBody>
        <div className={c('body')}>{children}</div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="primary" disabled={!isReady} onClick={apply}>
          {button}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function RunDialog({ dialog: { tasks }, onClose }: BulkDialogProps) {
  const { bulk } = useCommands();
  return (
    <Frame
      title={words.runTitle(tasks.length)}
      button={words.runButton(tasks.length)}
      isReady
      onApply={() => void bulk.run(tasks)}
      onClose={onClose}
    >
      <p>{words.runHint}</p>
    </Frame>
  );
}

function TagDialog({ dialog: { tasks }, onClose }: BulkDialogProps) {
  const { bulk } = useCommands();
  const all = useSchedule((schedule) => schedule.tasks);
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const known = useMemo(() => filterChoices(all).tags, [all]);
  const present = useMemo(() => filterChoices(tasks).tags, [tasks]);
  return (
    <Frame
      title={words.tagTitle(tasks.length)}
      button={words.apply}
      isReady={add.length + remove.length > 0}
      onApply={() => void bulk.tag(tasks, add, remove)}
      onClose={onClose}
    >
      <Field label={words.addTags} hint={text.tags.hint}>
        {(ids) => <TagInput {...ids} tags={add} known={known} onChange={setAdd} />}
      </Field>
      {present.length > 0 && (
        <Field label={words.removeTags}>
          {(ids) => <TagInput {...ids} tags={remove} known={present} onlyKnown onChange={setRemove} />}
        </Field>
      )}
    </Frame>
  );
}

function MoveTasksDialog({ dialog: { tasks }, onClose }: BulkDialogProps) {
  const { bulk } = useCommands();
  const timings = useSchedule((schedule) => schedule.timings);
  const [chosen, setChosen] = useState('');
  const options = useMemo(
    () => timings.map(({ id, sentence, timezone }) => ({ value: id, label: sentence, detail: timezone })),
    [timings],
  );
  return (
    <Frame
      title={words.moveTitle(tasks.length)}
      button={text.groups.move}
      isReady={chosen !== ''}
      onApply={() => void bulk.move(tasks, chosen)}
      onClose={onClose}
    >
      <Field label={text.groups.moveTo} hint={words.moveHint}>
        {() => (
          <Picker
            label={text.groups.moveTo}
            value={chosen}
            options={options}
            none={{ value: '', label: text.groups.chooseGroup }}
            onChange={setChosen}
          />
        )}
      </Field>
    </Frame>
  );
}
