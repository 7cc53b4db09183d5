import type { Execution } from '../../../main/contract/execution.ts';
import type { MissedReport, MissedTask } from '../../../main/contract/missed-runs.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';

/** Runs of a backfill follow each other quickly: their end is looked at together, this much later, in ms. */
const GATHER_MS = 500;

/** Commands for the missed slots of all tasks. */
export function createMissedCommands(call: Call, { missed, preferences, toasts }: Stores) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = async () => {
    const recordedAfter = preferences.getState().missedSeenAt;
    try {
      missed.setState({ report: await call('reports.missed', { recordedAfter }), failure: null });
    } catch (thrown) {
      missed.setState({ failure: sentenceOf(thrown) });
    }
  };
  return {
    load,
    /** Takes note of runs: a missed slot that runs is missed no longer. */
    ran: (executions: readonly Execution[]) => {
      const known = new Set(tasksOf(missed.getState().report).map(({ taskId }) => taskId));
      if (!executions.some(({ taskId, slot }) => slot !== null && known.has(taskId))) return;
      clearTimeout(timer);
      timer = setTimeout(() => void load(), GATHER_MS);
    },
    /** Runs the missed slots of all tasks, each once. One toast says how many started, and which task was refused. */
    run: async () => {
      let started = 0;
      const refusals: string[] = [];
      for (const { taskId, first, last } of tasksOf(missed.getState().report)) {
        try {
          const request = { taskId, since: first, until: last, onlyMissed: true };
          started += (await call('tasks.backfill', request)).preview.slots.length;
        } catch (thrown) {
          refusals.push(sentenceOf(thrown));
        }
      }
      const [refusal] = refusals;
      if (started > 0) showToast(toasts, { tone: 'info', message: text.missed.started(started) });
      if (refusal !== undefined) showToast(toasts, { tone: 'error', message: refusal });
      await load();
    },
    /** Leaves out what is recorded so far. What is missed later is shown again. */
    dismiss: async () => {
      const { report } = missed.getState();
      if (report === null || report.recordedAt === null) return;
      preferences.setState({ missedSeenAt: report.recordedAt });
      await load();
    },
  };
}

/** The tasks of a report, each once, with the span of all its missed slots. */
export function tasksOf(report: MissedReport | null): MissedTask[] {
  const byTask = new Map<string, MissedTask>();
  for (const task of (report?.causes ?? []).flatMap(({ tasks }) => tasks)) {
    const known = byTask.get(task.taskId);
    const [first, last] = [known?.first ?? task.first, known?.last ?? task.last];
    byTask.set(task.taskId, {
      ...task,
      count: task.count + (known?.count ?? 0),
      first: first < task.first ? first : task.first,
      last: last > task.last ? last : task.last,
    });
  }
  return [...byTask.values()];
}
