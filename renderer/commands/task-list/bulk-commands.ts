import type { BulkChange } from '../../../main/contract/bulk.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';
import type { HistoryCommands } from '../history-commands.ts';

export type NamedTask = Pick<TaskView, 'id' | 'name'>;
type Said = (count: number, name: string) => string;

/** Starts of runs that wait for an answer at the same time. */
const STARTS_AT_ONCE = 8;

/** What a person can do with one task or many. The toast of each change offers one Undo for all of it. */
export function createBulkCommands(call: Call, { toasts }: Stores, history: Pick<HistoryCommands, 'undoBatch'>) {
  const change = (tasks: readonly NamedTask[], bulkChange: BulkChange, said: Said) =>
    attempt(toasts, async () => {
      const answer = await call('tasks.bulk', { taskIds: tasks.map(({ id }) => id), change: bulkChange });
      const { batch, changed, refused } = answer;
      const action = batch === null ? {} : { action: undoing(batch) };
      const unchanged = new Set(refused.map(({ taskId }) => taskId));
      const name = tasks.find(({ id }) => !unchanged.has(id))?.name ?? '';
      if (changed > 0) showToast(toasts, { tone: 'info', message: said(changed, name), ...action });
      else if (refused.length === 0) showToast(toasts, { tone: 'info', message: text.bulk.nothing });
      const [first] = refused;
      if (first) showToast(toasts, { tone: 'error', message: text.bulk.refused(refused.length, first.message) });
      return answer;
    });
  const undoing = (batch: string) => ({ label: text.common.undo, run: () => void history.undoBatch(batch) });
  return {
    pause: (tasks: readonly NamedTask[]) => change(tasks, { action: 'pause' }, text.bulk.paused),
    resume: (tasks: readonly NamedTask[]) => change(tasks, { action: 'resume' }, text.bulk.resumed),
    skipNext: (tasks: readonly NamedTask[]) => change(tasks, { action: 'skip-next' }, text.bulk.skipped),
    remove: (tasks: readonly NamedTask[]) => change(tasks, { action: 'delete' }, text.bulk.deleted),
    tag: (tasks: readonly NamedTask[], add: readonly string[], remove: readonly string[]) =>
      change(tasks, { action: 'tag', add: [...add], remove: [...remove] }, text.bulk.tagged),
    move: (tasks: readonly NamedTask[], timingId: string) =>
      change(tasks, { action: 'move', timingId }, text.bulk.moved),
    /** Runs every task once, now. Says at the end how many started, and why others did not. */
    run: async (tasks: readonly NamedTask[]): Promise<void> => {
      const { started, problems } = await startEach(call, tasks);
      const [[first], [problem]] = [started, problems];
      if (first) showToast(toasts, { tone: 'info', message: text.bulk.started(started.length, first.name) });
      if (problem !== undefined) {
        showToast(toasts, { tone: 'error', message: text.bulk.notStarted(problems.length, problem) });
      }
    },
    /** Saves these tasks to a file. */
    export: (tasks: readonly NamedTask[]) =>
      attempt(toasts, async () => {
        const {
          file,
          tasks: count,
          secrets,
          warnings,
        } = await call('transfer.export', {
          taskIds: tasks.map(({ id }) => id),
        });
        if (file === null) return;
        showToast(toasts, { tone: 'info', message: text.transfer.exported(count, file, secrets.length) });
        for (const message of warnings) showToast(toasts, { tone: 'error', message });
      }),
  };
}

async function startEach(call: Call, tasks: readonly NamedTask[]) {
  const [started, problems]: [NamedTask[], string[]] = [[], []];
  const waiting = [...tasks];
  const startNext = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      try {
        await call('tasks.trigger', { taskId: task.id });
        started.push(task);
      } catch (thrown) {
        problems.push(sentenceOf(thrown));
      }
    }
  };
  await Promise.all(Array.from({ length: STARTS_AT_ONCE }, startNext));
  return { started, problems };
}
