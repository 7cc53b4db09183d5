import { useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useSchedule, useSession } from '../../session-context.tsx';
import type { Session } from '../../session.ts';
import type { EditorPurpose } from '../../stores/navigation-store.ts';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { forgetDraft, keepDraft, purposeKey, storedDraft } from './stored-draft.ts';
import { alertFormOf } from './alerts/alert-form.ts';
import type { Conflict } from './fleet/conflict.ts';
import type { FormErrors } from './form-reading.ts';
import type { Unreachable } from './saving/save-errors.ts';
import { typedSchedule, type TypedSchedule } from './pasting/fill-from-paste.ts';
import { afterSaving, saveForm, type SavingWay } from './saving/save-form.ts';
import { emptyForm, formOf, formOfSketch } from './task-form.ts';
import type { TaskForm } from './task-form.ts';

export interface TaskEditorModel {
  form: TaskForm;
  /** The form as it is saved: of a new task, with the schedule that was typed before the command. */
  whole: TaskForm;
  /** What was typed before the command of a new task; null if nothing was. */
  typed: TypedSchedule | null;
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
  /** What another member of the fleet saved meanwhile. Nothing is saved until the person decides. */
  conflict: Conflict | null;
  forgetQuestions: () => void;
  /** Shows errors beside the fields. */
  showErrors: (errors: FormErrors) => void;
  discard: () => void;
  startOver: () => void;
}

/**
 * The state of the dialog. What is typed is kept until it is saved or discarded, even across a crash.
 * @param words the words of the task's schedule, if it has words
 */
export function useTaskEditor(purpose: EditorPurpose, words: string | null): TaskEditorModel {
  const session = useSession();
  const { stores, commands } = session;
  const key = purposeKey(purpose);
  const initial = useInitialForm(purpose, words);
  const [{ form, isRestored }, setState] = useState(() => firstForm(stores, key, initial));
  const [errors, setErrors] = useState<FormErrors>({});
  const [refusals, setRefusals] = useState(0);
  const [isSaving, setSaving] = useState(false);
  const { ask, ...asked } = useQuestions();
  // Two key presses in one frame see the same state; only a ref keeps them from saving the task twice.
  const isBusy = useRef(false);
  const isShown = useIsShown();
  // What was typed or pasted elsewhere is not saved anywhere yet.
  const isDirty = key === 'sketch' || JSON.stringify(form) !== JSON.stringify(initial);
  const isClosed = useStoredDraft(key, isDirty ? form : null);

  const showErrors = (found: FormErrors) => {
    setErrors(found);
    if (Object.keys(found).length > 0) setRefusals((count) => count + 1);
  };
  const close = () => {
    isClosed.current = true;
    forgetDraft(stores.preferences, key);
    commands.navigation.closeEditor();
  };
  const { typed, whole } = wholeOf(purpose, form);
  return {
    form,
    whole,
    typed,
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
      if (isBusy.current) return;
      isBusy.current = true;
      setSaving(true);
      ask(nothingAsked);
      const saving = await saveForm(session, purpose, { form: whole, opened: initial, how });
      isBusy.current = false;
      setSaving(false);
      if ('saved' in saving) {
        close();
        return afterSaving(session, saving.saved, how);
      }
      if (!isShown.current) tellLater(session, saving.refused.errors);
      showErrors(saving.refused.errors);
      ask(saving.refused);
    },
    ...asked,
    forgetQuestions: () => ask(nothingAsked),
    showErrors,
    discard: close,
    startOver: () => setState({ form: initial, isRestored: false }),
  };
}

/** Returns the form as it is saved. */
function wholeOf({ kind }: EditorPurpose, form: TaskForm): Pick<TaskEditorModel, 'typed' | 'whole'> {
  const typed = kind === 'new' ? typedSchedule(form) : null;
  return { typed, whole: typed?.form ?? form };
}

/** Returns the form as the dialog opens: with what was typed and not saved, if there is any. */
function firstForm({ preferences }: Session['stores'], key: string, initial: TaskForm) {
  // What was just typed or pasted is newer than what was kept.
  const kept = initial.name !== '' && key === 'sketch' ? null : storedDraft(preferences, key, initial);
  return { form: kept ?? initial, isRestored: kept !== null };
}

interface Questions {
  readonly doubt: Unreachable | null;
  readonly conflict: Conflict | null;
}

const nothingAsked: Questions = { doubt: null, conflict: null };

/** What the person decides before the task is saved. */
function useQuestions() {
  const [questions, setQuestions] = useState(nothingAsked);
  return { ...questions, ask: ({ doubt, conflict }: Questions) => setQuestions({ doubt, conflict }) };
}

/** The window shows another machine: the refusal waits in this one, with the draft. */
function tellLater({ stores }: Session, errors: FormErrors): void {
  const [message] = Object.values(errors);
  if (message !== undefined) showToast(stores.toasts, { tone: 'error', message });
}

/** Returns whether the dialog is still there, for what ends later. */
function useIsShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}

/**
 * Returns the form before anything is typed. Fixed on opening, so that a change from elsewhere does not alter the
 * fields.
 */
function useInitialForm(purpose: EditorPurpose, words: string | null): TaskForm {
  const schedule = useSchedule((state) => state);
  const { stores } = useSession();
  return useMemo(() => {
    if (purpose.kind === 'new') {
      const empty = emptyForm(schedule.app.timezone, purpose.schedule ?? text.editor.scheduleDefault);
      return purpose.sketch === undefined ? empty : formOfSketch(empty, purpose.sketch);
    }
    const task = schedule.tasks.find((candidate) => candidate.id === purpose.taskId);
    if (!task) return emptyForm(schedule.app.timezone);
    const form = { ...formOf(task, words), ...alertFormOf(task.id, stores.settings.getState().settings?.alerts) };
    return purpose.kind === 'duplicate' ? { ...form, name: text.editor.copyOf(task.name) } : form;
  }, [purpose, words]);
}

/** Pause after the last key press before the draft is stored, in ms. */
const KEEPING_PAUSE_MS = 300;

/**
 * Keeps what is typed: after a pause, and when the dialog goes away because the window shows another machine.
 * @returns set it once the draft is saved or discarded: nothing is kept from then on
 */
function useStoredDraft(key: string, form: TaskForm | null): RefObject<boolean> {
  const { stores } = useSession();
  const first = useRef(true);
  const isClosed = useRef(false);
  const keep = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    keep.current = () => {
      keep.current = null;
      if (form) keepDraft(stores.preferences, key, form);
      else forgetDraft(stores.preferences, key);
    };
    const timer = setTimeout(() => keep.current?.(), KEEPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [stores, key, form]);
  useEffect(
    () => () => {
      if (!isClosed.current) keep.current?.();
    },
    [],
  );
  return isClosed;
}
