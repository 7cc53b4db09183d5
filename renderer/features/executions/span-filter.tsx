import { useState } from 'react';
import type { ExecutionQuery } from '../../stores/execution-list.ts';
import { text } from '../../text/en.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { localInput, spanOf, spanStart } from './spans.ts';
import type { Span } from './spans.ts';

type Bounds = Pick<ExecutionQuery, 'since' | 'until'>;

interface SpanFilterProps {
  query: Bounds;
  onChange: (bounds: { since: string | undefined; until: string | undefined }) => void;
}

const spans = (['any', 'hour', 'day', 'week', 'month', 'between'] as const).map((value) => ({
  value,
  label: text.executions.spans[value],
}));

/** Filters by start time: within the last hours or days, or between two instants. */
export function SpanFilter({ query, onChange }: SpanFilterProps) {
  const [chosen, setChosen] = useState<Span | null>(null);
  const span = chosen ?? spanOf(query, Date.now());
  const choose = (next: Span) => {
    setChosen(next);
    if (next !== 'between') onChange({ since: spanStart(next, Date.now()), until: undefined });
  };
  return (
    <>
      <Select compact aria-label={text.executions.filterTime} value={span} options={spans} onChange={choose} />
      {span === 'between' && <Between query={query} onChange={onChange} />}
    </>
  );
}

function Between({ query, onChange }: SpanFilterProps) {
  const { since, until } = query;
  const read = (typed: string) => (typed === '' ? undefined : new Date(typed).toISOString());
  return (
    <>
      <TextInput
        type="datetime-local"
        aria-label={text.executions.from}
        style={{ width: '12rem' }}
        value={localInput(since)}
        onChange={(event) => onChange({ since: read(event.target.value), until })}
      />
      <TextInput
        type="datetime-local"
        aria-label={text.executions.to}
        style={{ width: '12rem' }}
        value={localInput(until)}
        onChange={(event) => onChange({ since, until: read(event.target.value) })}
      />
    </>
  );
}
