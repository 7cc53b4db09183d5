import { useRef, useState } from 'react';
import type { Execution } from '../../../../main/contract/execution.ts';
import { useExecutions, useSchedule, useSession } from '../../../session-context.tsx';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import type { FormErrors } from '../form-reading.ts';
import { errorsOf } from '../saving/save-errors.ts';
import { readTestDraft } from '../task-draft.ts';
import type { TaskForm } from '../task-form.ts';

export interface TestRunModel {
  /** The current state of the latest test run of this dialog; null before the first. */
  execution: Execution | null;
  isStarting: boolean;
  /** Starts a test run. Returns the errors of the draft, or null if the run started. */
  start: (form: TaskForm) => Promise<FormErrors | null>;
  close: () => void;
}

/** Runs the draft in the dialog without saving it. */
export function useTestRun(purpose: EditorPurpose): TestRunModel {
  const { call } = useSession();
  const taskId = purpose.kind === 'edit' ? purpose.taskId : undefined;
  const policies = useSchedule((schedule) => schedule.tasks.find((task) => task.id === taskId)?.policies);
  const [started, setStarted] = useState<Execution | null>(null);
  const [isStarting, setStarting] = useState(false);
  const starting = useRef(false);
  const id = started?.executionId;
  const live = useExecutions((state) => state.recent.find((execution) => execution.executionId === id));
  const start = async (form: TaskForm): Promise<FormErrors | null> => {
    if (starting.current) return null;
    const draft = readTestDraft(form, policies);
    if (!draft.ok) return draft.errors;
    starting.current = true;
    setStarting(true);
    try {
      const { execution } = await call('tasks.test', { ...draft.value, ...(taskId !== undefined && { taskId }) });
      setStarted(execution);
      return null;
    } catch (thrown) {
      return errorsOf(thrown);
    } finally {
      starting.current = false;
      setStarting(false);
    }
  };
  return { execution: live ?? started, isStarting, start, close: () => setStarted(null) };
}
