import { FileWarning, Layers, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { View } from '../../ui/view.tsx';
import { GroupList } from './group-list.tsx';
import { arrangeGroups, taskFilters } from './groups.ts';
import type { TaskFilter } from './groups.ts';

export function GroupsView() {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const timings = useSchedule((schedule) => schedule.timings);
  const [wanted, setWanted] = useState('');
  const [filter, setFilter] = useState<TaskFilter>('all');
  const groups = useMemo(() => arrangeGroups(timings, tasks, { wanted, filter }), [timings, tasks, wanted, filter]);
  const options = taskFilters.map((value) => ({ value, label: text.groups.filters[value] }));
  const tools = (
    <>
      <SearchBox label={text.groups.search} value={wanted} onChange={setWanted} />
      <Select compact aria-label={text.groups.filter} value={filter} options={options} onChange={setFilter} />
    </>
  );
  return (
    <View title={text.shell.views.groups} tools={tasks.length > 0 && tools} scrolls={false}>
      {tasks.length === 0 ? (
        <NoTasks />
      ) : groups.length === 0 ? (
        <EmptyState icon={<SearchX />} title={text.groups.nothingFound}>
          {text.groups.nothingFoundHint}
        </EmptyState>
      ) : (
        <GroupList groups={groups} />
      )}
    </View>
  );
}

/** Shown for an unreadable file, which must not look like an empty schedule. */
export function NoTasks() {
  const unreadable = useSchedule((schedule) => schedule.store.state === 'read-only');
  return unreadable ? <UnreadableTasks /> : <FirstTask />;
}

function UnreadableTasks() {
  return (
    <EmptyState icon={<FileWarning />} title={text.groups.unreadable}>
      {text.groups.unreadableHint}
    </EmptyState>
  );
}

function FirstTask() {
  const { navigation } = useCommands();
  const examples = text.groups.examples.map((phrase) => (
    <Button key={phrase} size="small" onClick={() => navigation.openEditor({ kind: 'new', schedule: phrase })}>
      {phrase}
    </Button>
  ));
  return (
    <EmptyState icon={<Layers />} title={text.groups.empty} actions={examples}>
      {text.groups.emptyHint}
    </EmptyState>
  );
}
