import { sentenceOf } from '../../../bridge/bridge-error.ts';
import type { Commands } from '../../../commands/commands.ts';
import type { Session } from '../../../session.ts';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import { showToast } from '../../../stores/toast-store.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { text } from '../../../text/en.ts';
import { formatCountdown } from '../../../text/format.ts';
import type { FormErrors } from '../form-reading.ts';
import { doubtOf, errorsOf, type Unreachable } from './save-errors.ts';
import { conflictOf, type Conflict } from '../fleet/conflict.ts';
import { runsOnOf, saveRunsOn } from '../fleet/runs-on-form.ts';
import { alertsByRules, saveAlerts, type AlertForm } from '../alerts/alert-form.ts';
import { readChange, readDraft } from '../task-draft.ts';
import type { TaskForm } from '../task-form.ts';

export interface SavingWay {
  /** Saves the task paused, whatever its state was. */
  paused?: boolean;
  /** False saves the task without checking its tool. */
  validate?: boolean;
  /** Runs the task as soon as it is saved, and shows the log of that run. */
  run?: boolean;
}

/** Why nothing was saved. */
interface NotSaved {
  errors: FormErrors;
  doubt: Unreachable | null;
  conflict: Conflict | null;
}

export type Saving = { saved: { task: Pick<TaskView, 'id' | 'name'>; message: string } } | { refused: NotSaved };

type Connection = Pick<Session, 'call' | 'stores' | 'commands'>;

const refused = (errors: FormErrors): Saving => ({ refused: { errors, doubt: null, conflict: null } });

/**
 * Saves what the dialog holds.
 * @param opened the fields as the dialog showed them first: of an edited task only what differs from them is saved
 */
export async function saveForm(
  { call, stores, commands }: Connection,
  purpose: EditorPurpose,
  { form, opened, how }: { form: TaskForm; opened: TaskForm; how: SavingWay },
): Promise<Saving> {
  const tasks = stores.schedule.getState().schedule?.tasks ?? [];
  const task = purpose.kind === 'new' ? undefined : tasks.find(({ id }) => id === purpose.taskId);
  const rest = how.paused === true ? { active: false } : {};
  const validate = how.validate ?? true;
  if (form.alertsTo === 'channels' && form.alertChannels.length === 0)
    return refused({ alertChannels: text.alerts.chooseChannels });
  try {
    if (purpose.kind !== 'edit') {
      const draft = readDraft(form, task?.policies);
      if (!draft.ok) return refused(draft.errors);
      const runsOn = runsOnOf(form);
      const where = runsOn === null ? {} : { runsOn };
      const {
        task: made,
        nextRuns,
        placement,
      } = await call('tasks.create', { ...draft.value, ...rest, ...where, validate });
      if (typeof placement === 'string') showToast(stores.toasts, { tone: 'error', message: placement });
      await alertsAfter({ call, stores }, made.id, form);
      const next = nextRuns[0] === undefined || how.paused === true ? '' : formatCountdown(nextRuns[0], Date.now());
      return { saved: { task: made, message: text.editor.created(made.name, next) } };
    }
    if (!task) return refused({ form: text.editor.gone });
    const change = readChange(form, task, opened);
    if (!change.ok) return refused(change.errors);
    const whole = { ...change.value, ...rest };
    if (Object.keys(whole).length > 0) await call('tasks.update', { taskId: task.id, change: whole, validate });
    await saveRunsOn(commands.fleet, task.id, { form, opened });
    await saveAlerts(call, task.id, form, opened);
    const name = change.value.name ?? task.name;
    return { saved: { task: { id: task.id, name }, message: text.editor.saved(name) } };
  } catch (thrown) {
    const [doubt, conflict] = [doubtOf(thrown), conflictOf(thrown)];
    const isAsked = doubt !== null || conflict !== null;
    return { refused: { errors: isAsked ? {} : errorsOf(thrown), doubt, conflict } };
  }
}

/** Saves where the alerts of a new task go. A refusal is a toast: the task exists, and saving again would make a copy. */
async function alertsAfter(
  { call, stores }: Pick<Session, 'call' | 'stores'>,
  taskId: string,
  form: AlertForm,
): Promise<void> {
  try {
    await saveAlerts(call, taskId, form, alertsByRules);
  } catch (thrown) {
    showToast(stores.toasts, { tone: 'error', message: text.alerts.editor.notSaved(sentenceOf(thrown)) });
  }
}

/** Says that the task is saved, and runs it now if that was asked: then the log of the run says it all. */
export async function afterSaving(
  { stores, commands }: { stores: Session['stores']; commands: Commands },
  { task, message }: { task: Pick<TaskView, 'id' | 'name'>; message: string },
  how: SavingWay,
): Promise<void> {
  // A task that is saved paused waits until its tool can be checked.
  const execution = how.run === true && how.paused !== true ? await commands.tasks.runNow(task) : undefined;
  if (execution) commands.navigation.go({ view: 'execution', executionId: execution.executionId });
  else showToast(stores.toasts, { tone: 'info', message });
}
