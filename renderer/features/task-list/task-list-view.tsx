import { SearchX } from 'lucide-react';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { View } from '../../ui/view.tsx';
import { BulkBar } from './bulk/bulk-bar.tsx';
import { BulkDialog } from './bulk/bulk-dialog.tsx';
import { FilterRow } from './filter/filter-row.tsx';
import { ListToolbar } from './filter/list-toolbar.tsx';
import { PeekPanel } from './peek/peek-panel.tsx';
import { TaskTable } from './task-table.tsx';
import { useListActions } from './use-list-actions.ts';
import { useListState } from './use-list-state.ts';
import { useTaskList } from './use-task-list.ts';
import styles from './task-list-view.module.css';

const c = bindClasses(styles);

/** All tasks as a list for work: searched, filtered, sorted, chosen and changed, with the mouse or the keyboard. */
export function TaskListView() {
  const list = useTaskList();
  const state = useListState(list);
  const actions = useListActions();
  const { view, lines, shown, total } = list;
  const peeked = state.isPeeking && state.active?.kind === 'task' ? state.active.task : null;
  return (
    <View title={text.shell.views.groups} tools={<ListToolbar view={view} />} scrolls={false}>
      <FilterRow view={view} shown={shown.length} total={total} />
      {lines.length === 0 ? (
        <NothingFound />
      ) : (
        <div className={c('body')}>
          <TaskTable list={list} state={state} actions={actions} />
          {peeked && (
            <PeekPanel
              task={peeked}
              timing={list.timings.get(peeked.timingId)}
              onClose={() => state.setPeeking(false)}
            />
          )}
        </div>
      )}
      <BulkBar state={state} actions={actions} />
      {actions.dialog && <BulkDialog dialog={actions.dialog} onClose={actions.closeDialog} />}
    </View>
  );
}

function NothingFound() {
  const { list } = useCommands();
  return (
    <EmptyState
      icon={<SearchX />}
      title={text.groups.nothingFound}
      actions={<Button onClick={() => list.clearFilter()}>{text.taskList.clearFilters}</Button>}
    >
      {text.groups.nothingFoundHint}
    </EmptyState>
  );
}
