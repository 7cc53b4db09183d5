import { useEffect, useMemo, useState } from 'react';
import { executionStatuses, triggers } from './words.ts';
import type { ExecutionQuery } from '../../stores/execution-list.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Picker } from '../../ui/picker.tsx';
import type { PickerOption } from '../../ui/picker.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { SpanFilter } from './span-filter.tsx';

/** Waits for a pause in typing, so that not every letter queries the whole ledger. */
const TYPING_PAUSE_MS = 150;

export function ExecutionFilters({ query }: { query: ExecutionQuery }) {
  const { executions } = useCommands();
  const change = (fields: { [K in keyof ExecutionQuery]?: string | true | undefined }) => {
    const all = Object.entries({ ...query, ...fields });
    void executions.query(Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== '')));
  };
  return (
    <>
      <TextFilter value={query.query ?? ''} onChange={(value) => change({ query: value })} />
      <TaskFilter value={query.taskId ?? ''} onChange={(taskId) => change({ taskId })} />
      <GroupFilter value={query.timingId ?? ''} onChange={(timingId) => change({ timingId })} />
      <Select
        compact
        aria-label={text.executions.filterStatus}
        value={query.doubtful === true ? 'doubtful' : (query.status ?? '')}
        options={[
          { value: '', label: text.executions.anyStatus },
          ...executionStatuses.map((value) => ({ value, label: text.executions.status[value] })),
          { value: 'doubtful', label: text.doubts.status },
        ]}
        onChange={(chosen) =>
          change(
            chosen === 'doubtful' ? { status: undefined, doubtful: true } : { status: chosen, doubtful: undefined },
          )
        }
      />
      <Select
        compact
        aria-label={text.executions.filterTrigger}
        value={query.trigger ?? ''}
        options={[
          { value: '', label: text.executions.anyTrigger },
          ...triggers.map((value) => ({ value, label: text.executions.trigger[value] })),
        ]}
        onChange={(trigger) => change({ trigger })}
      />
      <SpanFilter query={query} onChange={change} />
    </>
  );
}

function TextFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return <SearchBox label={text.executions.search} value={typed} onChange={setTyped} />;
}

interface FilterProps {
  value: string;
  onChange: (value: string) => void;
}

/** Adds the selected value if it was deleted, so that the filter stays visible and can be removed. */
const withChosen = (options: PickerOption[], value: string): PickerOption[] =>
  value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];

function TaskFilter({ value, onChange }: FilterProps) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const options = useMemo(() => {
    const names = tasks.map(({ id, name, tool }) => ({ value: id, label: name, detail: tool }));
    return withChosen(names.sort(byLabel), value);
  }, [tasks, value]);
  return (
    <Picker label={text.executions.filterTask} value={value} options={options} none={anyTask} onChange={onChange} />
  );
}

function GroupFilter({ value, onChange }: FilterProps) {
  const timings = useSchedule((schedule) => schedule.timings);
  const options = useMemo(() => {
    const names = timings.map(({ id, sentence, timezone }) => ({ value: id, label: sentence, detail: timezone }));
    return withChosen(names.sort(byLabel), value);
  }, [timings, value]);
  return (
    <Picker label={text.executions.filterGroup} value={value} options={options} none={anyGroup} onChange={onChange} />
  );
}

const byLabel = (a: PickerOption, b: PickerOption): number => (a.label < b.label ? -1 : 1);
const anyTask = { value: '', label: text.executions.anyTask };
const anyGroup = { value: '', label: text.executions.anyGroup };
