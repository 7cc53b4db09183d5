import { useMemo, useState } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useCommands } from '../../session-context.tsx';
import type { ListLine } from './arrange/list-lines.ts';

/** More tasks than this run only after a question: a slip of the hand must not start a hundred programs. */
const RUNS_WITHOUT_QUESTION = 5;

/** A question or a choice that a command needs first. */
export interface ListDialog {
  readonly kind: 'run' | 'tag' | 'move';
  readonly tasks: readonly TaskView[];
}

export interface ListActions {
  readonly dialog: ListDialog | null;
  readonly closeDialog: () => void;
  readonly open: (line: ListLine) => void;
  readonly run: (tasks: readonly TaskView[]) => void;
  /** Pauses the active ones; resumes if none is active. */
  readonly pauseOrResume: (tasks: readonly TaskView[]) => void;
  readonly skipNext: (tasks: readonly TaskView[]) => void;
  /** Edits a single task; of several, their tags. */
  readonly edit: (tasks: readonly TaskView[]) => void;
  readonly tag: (tasks: readonly TaskView[]) => void;
  readonly move: (tasks: readonly TaskView[]) => void;
  readonly remove: (tasks: readonly TaskView[]) => void;
}

/** Returns what can be done with rows and tasks of the list, the same for keys, buttons and menus. */
export function useListActions(): ListActions {
  const { navigation, tasks: taskCommands, bulk, list } = useCommands();
  const [dialog, setDialog] = useState<ListDialog | null>(null);
  const actions = useMemo(() => {
    const some = (act: (tasks: readonly TaskView[]) => unknown) => (tasks: readonly TaskView[]) => {
      if (tasks.length > 0) act(tasks);
    };
    return {
      closeDialog: () => setDialog(null),
      open: (line: ListLine) => (line.kind === 'task' ? navigation.openTask(line.task.id) : list.toggleFold(line.key)),
      run: some((tasks) => {
        const [only] = tasks;
        if (tasks.length === 1 && only) return taskCommands.runNow(only);
        return tasks.length > RUNS_WITHOUT_QUESTION ? setDialog({ kind: 'run', tasks }) : bulk.run(tasks);
      }),
      pauseOrResume: some((tasks) =>
        tasks.some(({ status }) => status === 'active') ? bulk.pause(tasks) : bulk.resume(tasks),
      ),
      skipNext: some((tasks) => bulk.skipNext(tasks)),
      edit: some((tasks) => {
        const [only] = tasks;
        if (tasks.length === 1 && only) navigation.openEditor({ kind: 'edit', taskId: only.id });
        else setDialog({ kind: 'tag', tasks });
      }),
      tag: some((tasks) => setDialog({ kind: 'tag', tasks })),
      move: some((tasks) => {
        const [only] = tasks;
        if (tasks.length === 1 && only) navigation.askToMove({ taskId: only.id, timingId: null });
        else setDialog({ kind: 'move', tasks });
      }),
      remove: some((tasks) => bulk.remove(tasks)),
    };
  }, [navigation, taskCommands, bulk, list]);
  return { dialog, ...actions };
}
