import type { TaskView } from '../../../main/contract/task.ts';
import type { RunFigures } from '../../../main/contract/recent-runs.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import { runsKey } from '../../stores/task-list/figures-store.ts';
import type { FiguresStore } from '../../stores/task-list/figures-store.ts';

/** Tasks per call; the contract allows no more. */
const TASKS_PER_CALL = 500;

/** Fetches the latest runs and the figures of tasks, each once until the task runs again. */
export function createFiguresCommands(call: Call, figures: FiguresStore) {
  /** The tasks that are being fetched, with the state of their runs. */
  const asked = new Map<string, string>();

  const fetchSome = async (tasks: readonly TaskView[], withRuns: boolean): Promise<void> => {
    const keys = new Map(tasks.map((task) => [task.id, runsKey(task)]));
    const asking = (id: string) => `${id} ${withRuns}`;
    for (const [id, key] of keys) asked.set(asking(id), key);
    try {
      const answer = await call('executions.figures', { taskIds: [...keys.keys()], withRuns });
      figures.setState(({ known }) => ({ known: withFigures(known, answer.tasks, keys, withRuns), failure: null }));
    } catch (thrown) {
      figures.setState({ failure: sentenceOf(thrown) });
    } finally {
      for (const id of keys.keys()) asked.delete(asking(id));
    }
  };

  return {
    /** @param withRuns false fetches only what sorting needs */
    fetch: async (tasks: readonly TaskView[], withRuns: boolean): Promise<void> => {
      const { known } = figures.getState();
      const missing = tasks.filter((task) => {
        const key = runsKey(task);
        const has = known.get(task.id);
        const isKnown = has?.key === key && (!withRuns || has.runs !== null);
        return !isKnown && asked.get(`${task.id} ${withRuns}`) !== key;
      });
      for (let from = 0; from < missing.length; from += TASKS_PER_CALL) {
        await fetchSome(missing.slice(from, from + TASKS_PER_CALL), withRuns);
      }
    },
  };
}

function withFigures(
  known: ReturnType<FiguresStore['getState']>['known'],
  answers: readonly RunFigures[],
  keys: ReadonlyMap<string, string>,
  withRuns: boolean,
) {
  const next = new Map(known);
  for (const { taskId, runs, usualMs, successRate } of answers) {
    next.set(taskId, { key: keys.get(taskId) ?? '', runs: withRuns ? runs : null, usualMs, successRate });
  }
  return next;
}
