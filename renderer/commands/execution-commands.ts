import type { Execution } from '../../main/contract/execution.ts';
import type { LogComparison } from '../../main/contract/log-comparison.ts';
import { BridgeError, sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { emptyList, withPage } from '../stores/execution-list.ts';
import type { ExecutionQuery } from '../stores/execution-list.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';
import type { NavigationCommands } from './navigation-commands.ts';

/** Rows per page. Pages start at multiples of this number. */
const PAGE_SIZE = 100;

export function createExecutionCommands(call: Call, stores: Stores, navigation: NavigationCommands) {
  const { executions } = stores;
  /** Pages being fetched, by query. */
  const asked = new WeakMap<ExecutionQuery, Set<number>>();

  const fetchPage = async (offset: number): Promise<void> => {
    const { query, shift } = executions.getState().list;
    const pages = asked.get(query) ?? new Set<number>();
    if (pages.has(offset)) return;
    asked.set(query, pages.add(offset));
    try {
      const page = await call('executions.list', { ...query, offset, limit: PAGE_SIZE });
      if (executions.getState().list.query !== query) return;
      executions.setState((state) => ({
        list: withPage(state.list, { offset, ...page, shiftWhenAsked: shift }),
        listReady: true,
        listFailure: null,
      }));
    } catch (thrown) {
      if (executions.getState().list.query === query) executions.setState({ listFailure: sentenceOf(thrown) });
    } finally {
      pages.delete(offset);
    }
  };

  const show = (query: ExecutionQuery): Promise<void> => {
    executions.setState({ list: emptyList({ ...query }), listReady: false, listFailure: null });
    return fetchPage(0);
  };

  return {
    ...filterCommands(stores, navigation, show),
    /** Fetches the missing pages between two rows of the list. */
    fetchRows: async (from: number, to: number): Promise<void> => {
      const { rows } = executions.getState().list;
      const pages = new Set<number>();
      for (let index = from; index <= to && index < rows.length; index++) {
        if (!rows[index]) pages.add(Math.floor(index / PAGE_SIZE) * PAGE_SIZE);
      }
      await Promise.all([...pages].map(fetchPage));
    },
    /** Loads an execution that may be older than the list. False if the ledger does not have it. */
    open: async (executionId: string): Promise<boolean> => {
      try {
        const { execution } = await call('executions.get', { executionId });
        executions.setState((state) => ({ opened: { ...state.opened, [executionId]: execution } }));
        return true;
      } catch (thrown) {
        if (!(thrown instanceof BridgeError)) throw thrown;
        return false;
      }
    },
    ...runCommands(call, stores, navigation),
  };
}

/** Commands for the filters of the Runs view. */
function filterCommands(
  { executions, preferences }: Stores,
  navigation: NavigationCommands,
  show: (query: ExecutionQuery) => Promise<void>,
) {
  return {
    /** Lists the executions of a query; the filters of the Runs view stay as they are. */
    show,
    /** Lists the executions of a query. Remembers the filters, but not those of a visit. */
    query: (query: ExecutionQuery): Promise<void> => {
      if (executions.getState().visit === null) preferences.setState({ executionQuery: query });
      else executions.setState({ visit: query });
      return show(query);
    },
    /** Opens the Runs view with filters for this visit, which are gone when the person leaves it. */
    visit: (visit: ExecutionQuery): void => {
      executions.setState({ visit });
      navigation.go({ view: 'executions' });
      void show(visit);
    },
    /** Removes all filters, those of the visit too. */
    clear: (): Promise<void> => {
      executions.setState({ visit: null });
      preferences.setState({ executionQuery: {} });
      return show({});
    },
    /** Returns to the filters that the person keeps. */
    endVisit: (): Promise<void> => {
      executions.setState({ visit: null });
      return show(preferences.getState().executionQuery);
    },
  };
}

/** Commands for a single run. */
function runCommands(call: Call, { executions, toasts }: Stores, navigation: NavigationCommands) {
  /** Runs whose re-run has been asked for and not answered. */
  const rerunning = new Set<string>();
  return {
    /** Shows a failed run with the command of its task in a field; null closes the field. */
    fix: (executionId: string | null): void => {
      executions.setState({ fixing: executionId });
      if (executionId !== null) navigation.go({ view: 'execution', executionId });
    },
    cancel: (execution: Execution) =>
      attempt(toasts, async () => {
        await call('executions.cancel', { executionId: execution.executionId });
        showToast(toasts, { tone: 'info', message: text.executions.cancelling(execution.taskName) });
      }),
    /**
     * Runs the task again and shows the new execution. A follow-up gets the run before it again. Does nothing while an
     * earlier call for the same run is pending.
     */
    rerun: async ({ executionId, taskId, cause }: Execution): Promise<void> => {
      if (rerunning.has(executionId)) return;
      rerunning.add(executionId);
      await attempt(toasts, async () => {
        const answer =
          cause === undefined
            ? await call('tasks.trigger', { taskId })
            : await call('executions.rerun', { executionId });
        navigation.go({ view: 'execution', executionId: answer.execution.executionId });
      });
      rerunning.delete(executionId);
    },
    /** Runs the task once with different parameters. Rejects if that is refused, so that the dialog can show why. */
    rerunWith: async ({ executionId }: Execution, parameters: Execution['parameters']): Promise<void> => {
      const answer = await call('executions.rerun', { executionId, parameters });
      navigation.go({ view: 'execution', executionId: answer.execution.executionId });
    },
    /** Returns a picture or sound of a run's result as an address for the page; null if it cannot be shown. */
    media: async (executionId: string, name: string): Promise<string | null> =>
      (await call('logs.media', { executionId, name })).source,
    openResultFile: (executionId: string, name: string) =>
      attempt(toasts, () => call('app.openResultFile', { executionId, name })),
    /** Copies a log to a file that the person chooses. */
    saveLog: ({ executionId }: Execution) =>
      attempt(toasts, async () => {
        const { file } = await call('logs.save', { executionId });
        if (file !== null) showToast(toasts, { tone: 'info', message: text.logs.saved(file) });
      }),
    /** Returns what is new since the last good run. Rejects if that cannot be found out, so that the view can say why. */
    compare: (executionId: string): Promise<LogComparison> => call('logs.compare', { executionId }),
    openLogFile: (execution: Execution) =>
      attempt(toasts, () => call('app.openLog', { executionId: execution.executionId })),
  };
}
