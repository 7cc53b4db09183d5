import type { Execution } from '../../contract/execution.ts';
import type { TaskView, TimingView } from '../../contract/task.ts';
import { bounded, listed } from './shortened.ts';

/** Most characters of the JSON of one task or run in an answer. Its text has them a second time. */
const mostCharacters = 30_000;

interface ChangedAnswer {
  readonly task?: TaskView | undefined;
  readonly timing?: TimingView | undefined;
  readonly execution?: Execution | undefined;
  readonly testRun?: Execution | undefined;
  readonly cut?: string[] | undefined;
}

/** Returns an answer with its task and runs whole, or with their largest fields shortened and named in `cut`. */
export function boundedAnswer<T extends ChangedAnswer>(answer: T): T {
  const cut: string[] = [];
  const record = <R extends Readonly<Record<string, unknown>>>(value: R): R => {
    const shown = bounded(value, mostCharacters);
    cut.push(...shown.cut);
    return shown.value;
  };
  const { task, timing, execution, testRun } = answer;
  return {
    ...answer,
    ...(task === undefined ? {} : { task: record(task) }),
    // A group lists its tasks, which may be thousands.
    ...(timing === undefined ? {} : { timing: listed(timing) }),
    ...(execution === undefined ? {} : { execution: record(execution) }),
    ...(testRun === undefined ? {} : { testRun: record(testRun) }),
    ...(cut.length === 0 ? {} : { cut }),
  };
}
