import { noFilter, withView } from '../../stores/task-list/list-view.ts';
import type { ListFilter, SortColumn, TaskListView } from '../../stores/task-list/list-view.ts';
import type { PreferencesStore } from '../../stores/preferences-store.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { ToastStore } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';

/** Commands for how the list of tasks is arranged. All of it is kept across restarts. */
export function createListCommands(preferences: PreferencesStore, toasts: ToastStore) {
  const change = (part: Partial<TaskListView>) =>
    preferences.setState(({ taskList }) => ({ taskList: { ...taskList, ...part } }));
  const filter = (part: Partial<ListFilter>) =>
    preferences.setState(({ taskList }) => ({ taskList: { ...taskList, filter: { ...taskList.filter, ...part } } }));
  return {
    change,
    filter,
    clearFilter: () => filter(noFilter),
    /** Sorts by a column; again in the other direction; a third time not at all. */
    sortBy: (column: SortColumn) => {
      const { sort } = preferences.getState().taskList;
      if (sort?.column !== column) change({ sort: { column, isReversed: false } });
      else change({ sort: sort.isReversed ? null : { column, isReversed: true } });
    },
    /** Adds or removes a tag of the filter. */
    toggleTag: (tag: string) => {
      const { tags } = preferences.getState().taskList.filter;
      filter({ tags: tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag] });
    },
    toggleFold: (key: string) =>
      preferences.setState(({ foldedGroups }) => ({
        foldedGroups: foldedGroups.includes(key) ? foldedGroups.filter((each) => each !== key) : [...foldedGroups, key],
      })),
    show: (view: TaskListView) => preferences.setState({ taskList: view }),
    saveView: (name: string) =>
      preferences.setState(({ savedViews, taskList }) => ({
        savedViews: withView(savedViews, { name, view: taskList }),
      })),
    removeView: (name: string) => {
      const { savedViews } = preferences.getState();
      preferences.setState({ savedViews: savedViews.filter((view) => view.name !== name) });
      const action = { label: text.common.undo, run: () => preferences.setState({ savedViews }) };
      showToast(toasts, { tone: 'info', message: text.taskList.views.removed(name), action });
    },
  };
}
