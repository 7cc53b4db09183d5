import { useState } from 'react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import type { EditorPurpose } from '../../stores/navigation-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { LimitFields } from './limit-fields.tsx';
import { MainFields } from './main-fields.tsx';
import { TroubleFields } from './trouble-fields.tsx';
import { useTaskEditor } from './use-task-editor.ts';
import type { TaskEditorModel } from './use-task-editor.ts';
import styles from './task-editor.module.css';

const c = bindClasses(styles);

/** The dialog that makes, changes and duplicates tasks. */
export function TaskEditor({ purpose }: { purpose: EditorPurpose }) {
  const taskId = purpose.kind === 'new' ? null : purpose.taskId;
  const exists = useSchedule((schedule) => taskId === null || schedule.tasks.some((task) => task.id === taskId));
  return exists ? <EditorDialog purpose={purpose} /> : <GoneDialog />;
}

function EditorDialog({ purpose }: { purpose: EditorPurpose }) {
  const { navigation } = useCommands();
  const model = useTaskEditor(purpose);
  const [asking, setAsking] = useState(false);
  const dismiss = () => (model.isDirty ? setAsking(true) : navigation.closeEditor());
  return (
    <Dialog title={purpose.kind === 'edit' ? text.editor.editTitle : text.editor.newTitle} onDismiss={dismiss}>
      <form
        className={c('form')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void model.save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void model.save();
        }}
      >
        <DialogBody>
          <Fields model={model} />
        </DialogBody>
        <DialogFooter>
          {model.errors.form !== undefined && (
            <p className={c('error')} role="alert">
              {model.errors.form}
            </p>
          )}
          <Button onClick={dismiss}>{text.common.cancel}</Button>
          <Button type="submit" look="primary" aria-busy={model.isSaving} disabled={model.isSaving}>
            {text.common.save}
          </Button>
        </DialogFooter>
      </form>
      {asking && <AskToDiscard onKeep={() => setAsking(false)} onDiscard={model.discard} />}
    </Dialog>
  );
}

function Fields({ model }: { model: TaskEditorModel }) {
  return (
    <div className={c('fields')}>
      {model.isRestored && (
        <p className={c('restored')} role="status">
          {text.editor.restored}
          <Button size="small" look="quiet" onClick={model.startOver}>
            {text.editor.startOver}
          </Button>
        </p>
      )}
      <MainFields model={model} />
      <TroubleFields model={model} />
      <LimitFields model={model} />
    </div>
  );
}

function AskToDiscard({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  return (
    <Dialog title={text.editor.discardTitle} width="narrow" onDismiss={onKeep}>
      <DialogBody>
        <p>{text.editor.discardHint}</p>
      </DialogBody>
      <DialogFooter>
        <Button look="danger" onClick={onDiscard}>
          {text.editor.discard}
        </Button>
        <Button look="primary" autoFocus onClick={onKeep}>
          {text.editor.keepEditing}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function GoneDialog() {
  const { navigation } = useCommands();
  return (
    <Dialog title={text.editor.editTitle} width="narrow" onDismiss={navigation.closeEditor}>
      <DialogBody>
        <p>{text.editor.gone}</p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={navigation.closeEditor}>{text.common.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}
