import { useEffect, useState } from 'react';
import { executionStatuses, triggers } from './words.ts';
import type { ExecutionQuery } from '../../stores/execution-list.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';

/** Waits for a pause in typing, so that each letter is not a query over the whole ledger. */
const TYPING_PAUSE_MS = 150;

type Spans = 'any' | 'hour' | 'day' | 'week';
const spanMs: Readonly<Record<Exclude<Spans, 'any'>, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

export function ExecutionFilters({ query }: { query: ExecutionQuery }) {
  const { executions } = useCommands();
  const change = (field: keyof ExecutionQuery, value: string) => {
    const { [field]: _dropped, ...rest } = query;
    void executions.query(value === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <>
      <TextFilter value={query.query ?? ''} onChange={(value) => change('query', value)} />
      <TaskFilterSelect value={query.taskId ?? ''} onChange={(value) => change('taskId', value)} />
      <Select
        compact
        aria-label={text.executions.filterStatus}
        value={query.status ?? ''}
        options={[
          { value: '', label: text.executions.anyStatus },
          ...executionStatuses.map((value) => ({ value, label: text.executions.status[value] })),
        ]}
        onChange={(value) => change('status', value)}
      />
      <Select
        compact
        aria-label={text.executions.filterTrigger}
        value={query.trigger ?? ''}
        options={[
          { value: '', label: text.executions.anyTrigger },
          ...triggers.map((value) => ({ value, label: text.executions.trigger[value] })),
        ]}
        onChange={(value) => change('trigger', value)}
      />
      <SpanFilter query={query} onChange={(value) => change('since', value)} />
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

function TaskFilterSelect({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const names = tasks
    .map((task) => ({ value: task.id, label: task.name }))
    .sort((a, b) => a.label.localeCompare(b.label));
  // A filter on a task that was deleted must stay visible, or it could not be taken off.
  if (value !== '' && !names.some((option) => option.value === value)) names.push({ value, label: value });
  const options = [{ value: '', label: text.executions.anyTask }, ...names];
  return <Select compact aria-label={text.executions.filterTask} value={value} options={options} onChange={onChange} />;
}

function SpanFilter({ query, onChange }: { query: ExecutionQuery; onChange: (since: string) => void }) {
  const age = query.since === undefined ? null : Date.now() - Date.parse(query.since);
  const value: Spans = age === null ? 'any' : age <= 2 * spanMs.hour ? 'hour' : age <= 2 * spanMs.day ? 'day' : 'week';
  const choose = (span: Spans) => onChange(span === 'any' ? '' : new Date(Date.now() - spanMs[span]).toISOString());
  const options = (['any', 'hour', 'day', 'week'] as const).map((span) => ({
    value: span,
    label: text.executions.spans[span],
  }));
  return <Select compact aria-label={text.executions.filterTime} value={value} options={options} onChange={choose} />;
}
