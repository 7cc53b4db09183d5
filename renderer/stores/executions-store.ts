import { createStore } from 'zustand/vanilla';
import type { Execution } from '../../main/contract/execution.ts';
import { healthAfter } from '../../main/contract/task-health.ts';
import { emptyList, withChanges, withoutExecutions } from './execution-list.ts';
import type { ExecutionList, ExecutionQuery } from './execution-list.ts';

/** Limit of recent executions for the overview, the groups and open details, in addition to the list. */
const RECENT_LIMIT = 1000;

export interface ExecutionsState {
  /** The newest executions of all tasks, newest first. */
  recent: readonly Execution[];
  list: ExecutionList;
  /** Filters of this visit alone, such as those of “Show runs”. Null: the filters that the person keeps. */
  visit: ExecutionQuery | null;
  /** False until the first page of the list has arrived. */
  listReady: boolean;
  listFailure: string | null;
  /** Executions that were opened, by id, whether or not they are in the list. */
  opened: Readonly<Record<string, Execution>>;
  /** The failed run on whose page the command of its task is being corrected; null for none. */
  fixing: string | null;
}

export const createExecutionsStore = () =>
  createStore<ExecutionsState>(() => ({
    recent: [],
    list: emptyList({}),
    visit: null,
    listReady: false,
    listFailure: null,
    opened: {},
    fixing: null,
  }));
export type ExecutionsStore = ReturnType<typeof createExecutionsStore>;

/** Applies live changes everywhere an execution is shown. */
export function applyChanges(state: ExecutionsState, changed: readonly Execution[]): Partial<ExecutionsState> {
  const opened = { ...state.opened };
  for (const execution of changed) if (opened[execution.executionId]) opened[execution.executionId] = execution;
  return {
    recent: mergeRecent(state.recent, changed),
    list: state.listReady ? withChanges(state.list, changed) : state.list,
    opened,
  };
}

export function applyRemoval(state: ExecutionsState, executionIds: readonly string[]): Partial<ExecutionsState> {
  const gone = new Set(executionIds);
  return {
    recent: state.recent.filter((execution) => !gone.has(execution.executionId)),
    list: withoutExecutions(state.list, executionIds),
  };
}

export function mergeRecent(recent: readonly Execution[], changed: readonly Execution[]): readonly Execution[] {
  const byId = new Map(recent.map((execution) => [execution.executionId, execution]));
  for (const execution of changed) byId.set(execution.executionId, execution);
  const newestFirst = [...byId.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const kept = newestFirst.slice(0, RECENT_LIMIT);
  return [...kept, ...standingFailures(newestFirst.slice(RECENT_LIMIT), kept)];
}

/** Returns the runs, of those before the limit, after which their tasks are still failing: a busy task must not hide them. */
function standingFailures(earlier: readonly Execution[], kept: readonly Execution[]): Execution[] {
  if (earlier.length === 0) return [];
  const known = new Set(kept.filter((run) => healthAfter(run) !== null).map(({ taskId }) => taskId));
  return earlier.filter((run) => {
    const health = healthAfter(run);
    if (health === null || known.has(run.taskId)) return false;
    known.add(run.taskId);
    return health === 'failing';
  });
}

export function findExecution(state: ExecutionsState, executionId: string): Execution | undefined {
  return state.opened[executionId] ?? state.recent.find((execution) => execution.executionId === executionId);
}
