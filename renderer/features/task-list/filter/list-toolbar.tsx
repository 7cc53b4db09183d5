import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import { groupings, statusFilters } from '../../../stores/task-list/list-view.ts';
import type { TaskListView } from '../../../stores/task-list/list-view.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Picker } from '../../../ui/picker.tsx';
import { SearchBox } from '../../../ui/search-box.tsx';
import { Select } from '../../../ui/select.tsx';
import { filterChoices } from '../arrange/match-tasks.ts';

const words = text.taskList;
const none = '' as const;

/** Searches, filters and arranges the list. What is chosen appears as chips below. */
export function ListToolbar({ view }: { view: TaskListView }) {
  const { list } = useCommands();
  const tasks = useSchedule((schedule) => schedule.tasks);
  const { tags, tools } = useMemo(() => filterChoices(tasks), [tasks]);
  const { filter, by } = view;
  const statuses = statusFilters.map((status) => ({
    label: words.statuses[status],
    onSelect: () => list.filter({ statuses: [...new Set([...filter.statuses, status])] }),
  }));
  return (
    <>
      <SearchBox label={text.groups.search} value={filter.words} onChange={(typed) => list.filter({ words: typed })} />
      <Menu entries={statuses}>
        <Button look="choice">
          {words.addStatus}
          <ChevronDown aria-hidden />
        </Button>
      </Menu>
      {tags.length > 0 && (
        <AddPicker
          label={words.addTag}
          values={tags}
          onAdd={(tag) => list.filter({ tags: [...new Set([...filter.tags, tag])] })}
        />
      )}
      {tools.length > 1 && (
        <AddPicker
          label={words.addTool}
          values={tools}
          onAdd={(tool) => list.filter({ tools: [...new Set([...filter.tools, tool])] })}
        />
      )}
      <Select
        compact
        aria-label={words.arrange}
        value={by}
        options={groupings.map((value) => ({ value, label: words.groupings[value] }))}
        onChange={(chosen) => list.change({ by: chosen })}
      />
    </>
  );
}

interface AddPickerProps {
  label: string;
  values: readonly string[];
  onAdd: (value: string) => void;
}

/** Adds one filter of a kind. It shows no choice of its own: the chips do. */
function AddPicker({ label, values, onAdd }: AddPickerProps) {
  const options = useMemo(() => values.map((value) => ({ value, label: value })), [values]);
  return (
    <Picker
      label={text.groups.filter}
      value={none}
      options={options}
      none={{ value: none, label }}
      onChange={(value) => value !== none && onAdd(value)}
    />
  );
}
