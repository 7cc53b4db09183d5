import { ChefHat, FlaskConical, Zap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import type { EditorPurpose } from '../../stores/navigation-store.ts';
import { actionOf } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { AlertFields } from './alerts/alert-fields.tsx';
import { AttentionFields } from './attention/attention-fields.tsx';
import { CalendarFields } from './calendars/calendar-fields.tsx';
import { ConflictDialog } from './fleet/conflict-dialog.tsx';
import { RunsOnField } from './fleet/runs-on-field.tsx';
import { ProbeFields } from './probe/probe-fields.tsx';
import { ChainFields } from './sections/chain-fields.tsx';
import { LimitFields } from './sections/limit-fields.tsx';
import { MoreFields } from './sections/more-fields.tsx';
import { SuccessFields } from './success/success-fields.tsx';
import { AskUnreachable, useUnreachableServer } from './saving/ask-unreachable.tsx';
import { MainFields } from './main-fields.tsx';
import { TestRunPanel } from './test-run/test-run-panel.tsx';
import { TroubleFields } from './sections/trouble-fields.tsx';
import { useScheduleWords } from './use-schedule-words.ts';
import { useTaskEditor } from './use-task-editor.ts';
import type { TaskEditorModel } from './use-task-editor.ts';
import type { SavingWay } from './saving/save-form.ts';
import { useTestRun } from './test-run/use-test-run.ts';
import type { TestRunModel } from './test-run/use-test-run.ts';
import styles from './task-editor.module.css';

const c = bindClasses(styles);

/** The dialog that creates, edits and duplicates tasks. */
export function TaskEditor({ purpose }: { purpose: EditorPurpose }) {
  const taskId = purpose.kind === 'new' ? null : purpose.taskId;
  const exists = useSchedule((schedule) => taskId === null || schedule.tasks.some((task) => task.id === taskId));
  const words = useScheduleWords(taskId);
  if (!exists) return <GoneDialog />;
  return words === undefined ? null : <EditorDialog purpose={purpose} words={words} />;
}

function EditorDialog({ purpose, words }: { purpose: EditorPurpose; words: string | null }) {
  const { navigation } = useCommands();
  const model = useTaskEditor(purpose, words);
  const test = useTestRun(purpose);
  const [asking, setAsking] = useState(false);
  const known = useUnreachableServer(model.form.tool);
  // How the person asked to save, while they decide about a server that cannot be reached.
  const [wanted, setWanted] = useState<SavingWay>({});
  const [doubting, setDoubting] = useState(false);
  const save = (how: SavingWay = {}) => {
    setWanted(how);
    if (known === null) void model.save(how);
    else setDoubting(true);
  };
  const doubt = doubting ? known : model.doubt;
  const decide = () => {
    setDoubting(false);
    model.forgetQuestions();
  };
  const form = useFocusOnError(model.refusals);
  const dismiss = () => (model.isDirty ? setAsking(true) : navigation.closeEditor());
  return (
    <Dialog title={purpose.kind === 'edit' ? text.editor.editTitle : text.editor.newTitle} onDismiss={dismiss}>
      <form
        ref={form}
        className={c('form')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          const action = actionOf('editor', event);
          if (action !== 'save' && action !== 'saveAndRun') return;
          // The browser would submit the form as well.
          event.preventDefault();
          save(action === 'saveAndRun' ? { run: true } : {});
        }}
      >
        <DialogBody>
          <Fields model={model} purpose={purpose} />
        </DialogBody>
        {test.execution && <TestRunPanel execution={test.execution} onClose={test.close} />}
        <EditorFooter model={model} test={test} onCancel={dismiss} onRun={() => save({ run: true })} />
      </form>
      {doubt !== null && (
        <AskUnreachable
          {...doubt}
          onKeep={decide}
          onSave={(how) => {
            decide();
            void model.save({ ...wanted, ...how });
          }}
        />
      )}
      {model.conflict !== null && (
        <ConflictDialog
          conflict={model.conflict}
          onKeep={model.forgetQuestions}
          onSave={() => void model.save(wanted)}
          onTakeTheirs={model.discard}
        />
      )}
      {asking && <AskToDiscard onKeep={() => setAsking(false)} onDiscard={model.discard} />}
    </Dialog>
  );
}

/** Moves the focus to the first invalid field each time the form is refused. */
function useFocusOnError(refusals: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  return form;
}

interface EditorFooterProps {
  model: TaskEditorModel;
  test: TestRunModel;
  onCancel: () => void;
  /** Saves the task, then runs it. */
  onRun: () => void;
}

function EditorFooter({ model, test, onCancel, onRun }: EditorFooterProps) {
  const tryOut = async () => {
    const errors = await test.start(model.whole);
    model.showErrors(errors ?? {});
  };
  return (
    <DialogFooter>
      <Button
        icon={<FlaskConical aria-hidden />}
        title={text.testRun.startHint}
        busy={test.isStarting}
        onClick={() => void tryOut()}
      >
        {text.testRun.start}
      </Button>
      <div className={c('error')} role={model.errors.form === undefined ? undefined : 'alert'}>
        {model.errors.form}
      </div>
      <Button onClick={onCancel}>{text.common.cancel}</Button>
      <Button
        icon={<Zap aria-hidden />}
        title={text.saveAndRun.hint}
        aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
        busy={model.isSaving}
        onClick={onRun}
      >
        {text.saveAndRun.button}
      </Button>
      <Button type="submit" look="primary" busy={model.isSaving}>
        {text.common.save}
      </Button>
    </DialogFooter>
  );
}

function Fields({ model, purpose }: { model: TaskEditorModel; purpose: EditorPurpose }) {
  const { recipes } = useCommands();
  const isBlank = purpose.kind === 'new' && purpose.sketch === undefined && !model.isDirty;
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
      {isBlank && (
        <div>
          <Button size="small" look="quiet" icon={<ChefHat aria-hidden />} onClick={() => recipes.open(null)}>
            {text.recipes.title}
          </Button>
        </div>
      )}
      <MainFields model={model} />
      <RunsOnField model={model} />
      <ChainFields model={model} purpose={purpose} />
      <ProbeFields model={model} />
      <CalendarFields model={model} />
      <MoreFields model={model} />
      <SuccessFields model={model} purpose={purpose} />
      <TroubleFields model={model} />
      <AttentionFields model={model} purpose={purpose} />
      <AlertFields model={model} />
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
