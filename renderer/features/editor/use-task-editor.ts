import { useEffect, useMemo, useRef, useState } from 'react';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import type { EditorPurpose } from '../../stores/navigation-store.ts';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { formatCountdown } from '../../text/format.ts';
import { forgetDraft, keepDraft, purposeKey, storedDraft } from './stored-draft.ts';
import type { FormErrors } from './form-reading.ts';
import { doubtOf, errorsOf, type Unreachable } from './save-errors.ts';
import { readChange, readDraft } from './task-draft.ts';
import { emptyForm, formOf, formOfSketch } from './task-form.ts';
import type { TaskForm } from './task-form.ts';

export interface TaskEditorModel {
  form: TaskForm;
  errors: FormErrors;
  /** How often saving or testing was refused, to move the focus each time. */
  refusals: number;
  isDirty: boolean;
  isSaving: boolean;
  /** True if the fields were restored from unsaved changes. */
  isRestored: boolean;
  change: (change: Partial<TaskForm>) => void;
  save: (how?: SavingWay) => Promise<void>;
  /** The tool's server, if it did not answer on saving. Nothing is saved until the person decides. */
  doubt: Unreachable | null;
  forgetDoubt: () => void;
  /** Shows errors beside the fields. */
  showErrors: (errors: FormErrors) => void;
  discard: () => void;
  startOver: () => void;
}

export interface SavingWay {
  /** Saves the task paused, whatever its state was. */
  paused?: boolean;
  /** False saves the task without checking its tool. */
  validate?: boolean;
}

/** The state of the dialog. What is typed is kept until it is saved or discarded, even across a crash. */
export function useTaskEditor(purpose: EditorPurpose): TaskEditorModel {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const key = purposeKey(purpose);
  const initial = useInitialForm(purpose);
  const [{ form, isRestored }, setState] = useState(() => {
    // What was just typed or pasted is newer than what was kept.
    const kept = initial.name !== '' && key === 'sketch' ? null : storedDraft(stores.preferences, key, initial);
    return { form: kept ?? initial, isRestored: kept !== null };
  });
  const [errors, setErrors] = useState<FormErrors>({});
  const [refusals, setRefusals] = useState(0);
  const [isSaving, setSaving] = useState(false);
  const [doubt, setDoubt] = useState<Unreachable | null>(null);
  // Two key presses in one frame see the same state; only a ref keeps them from saving the task twice.
  const saving = useRef(false);
  const save = useSave(purpose);
  // What was typed or pasted elsewhere is not saved anywhere yet.
  const isDirty = key === 'sketch' || JSON.stringify(form) !== JSON.stringify(initial);
  useStoredDraft(key, isDirty ? form : null);

  const showErrors = (found: FormErrors) => {
    setErrors(found);
    if (Object.keys(found).length > 0) setRefusals((count) => count + 1);
  };
  const close = () => {
    forgetDraft(stores.preferences, key);
    navigation.closeEditor();
  };
  return {
    form,
    errors,
    refusals,
    isDirty,
    isSaving,
    isRestored,
    change: (change) => {
      setState((state) => ({ ...state, form: { ...state.form, ...change } }));
      // A field that is being edited no longer shows its error.
      setErrors((shown) => Object.fromEntries(Object.entries(shown).filter(([field]) => !(field in change))));
    },
    save: async (how = {}) => {
      if (saving.current) return;
      saving.current = true;
      setSaving(true);
      setDoubt(null);
      const failed = await save(form, how);
      saving.current = false;
      setSaving(false);
      if (failed === null) return close();
      showErrors(failed.errors);
      setDoubt(failed.doubt);
    },
    doubt,
    forgetDoubt: () => setDoubt(null),
    showErrors,
    discard: close,
    startOver: () => setState({ form: initial, isRestored: false }),
  };
}

/**
 * Returns the form before anything is typed. Fixed on opening, so that a change from elsewhere does not alter the
 * fields.
 */
function useInitialForm(purpose: EditorPurpose): TaskForm {
  const schedule = useSchedule((state) => state);
  return useMemo(() => {
    if (purpose.kind === 'new') {
      const empty = emptyForm(schedule.app.timezone, purpose.schedule);
      return purpose.sketch === undefined ? empty : formOfSketch(empty, purpose.sketch);
    }
    const task = schedule.tasks.find((candidate) => candidate.id === purpose.taskId);
    if (!task) return emptyForm(schedule.app.timezone);
    const form = formOf(task);
    return purpose.kind === 'duplicate' ? { ...form, name: text.editor.copyOf(task.name) } : form;
  }, [purpose]);
}

interface NotSaved {
  errors: FormErrors;
  doubt: Unreachable | null;
}

/** Returns the function that saves the form; it resolves with null, or with the errors. */
function useSave(purpose: EditorPurpose): (form: TaskForm, how: SavingWay) => Promise<NotSaved | null> {
  const { call, stores } = useSession();
  const tasks = useSchedule((schedule) => schedule.tasks);
  const task = purpose.kind === 'new' ? undefined : tasks.find((candidate) => candidate.id === purpose.taskId);
  const announce = (message: string) => showToast(stores.toasts, { tone: 'info', message });

  const atRest = ({ paused = false }: SavingWay) => (paused ? { active: false } : {});
  const create = async (form: TaskForm, how: SavingWay): Promise<FormErrors | null> => {
    const draft = readDraft(form, task?.policies);
    if (!draft.ok) return draft.errors;
    const { task: made, nextRuns } = await call('tasks.create', {
      ...{ ...draft.value, ...atRest(how) },
      validate: how.validate ?? true,
    });
    const next = nextRuns[0] === undefined || how.paused === true ? '' : formatCountdown(nextRuns[0], Date.now());
    announce(text.editor.created(made.name, next));
    return null;
  };
  const update = async (form: TaskForm, how: SavingWay): Promise<FormErrors | null> => {
    if (!task) return { form: text.editor.gone };
    const change = readChange(form, task);
    if (!change.ok) return change.errors;
    const whole = { ...change.value, ...atRest(how) };
    const validate = how.validate ?? true;
    if (Object.keys(whole).length > 0) await call('tasks.update', { taskId: task.id, change: whole, validate });
    announce(text.editor.saved(form.name));
    return null;
  };
  return async (form, how) => {
    try {
      const errors = await (purpose.kind === 'edit' ? update(form, how) : create(form, how));
      return errors === null ? null : { errors, doubt: null };
    } catch (thrown) {
      const doubt = doubtOf(thrown);
      return { errors: doubt === null ? errorsOf(thrown) : {}, doubt };
    }
  };
}

/** Pause after the last key press before the draft is stored, in ms. */
const KEEPING_PAUSE_MS = 300;

function useStoredDraft(key: string, form: TaskForm | null): void {
  const { stores } = useSession();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const timer = setTimeout(() => {
      if (form) keepDraft(stores.preferences, key, form);
      else forgetDraft(stores.preferences, key);
    }, KEEPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [stores, key, form]);
}
