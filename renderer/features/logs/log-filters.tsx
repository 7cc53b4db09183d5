import { text } from '../../text/en.ts';
import { Select, optionsOf } from '../../ui/select.tsx';
import type { LogFilter, LogRows } from './use-log-rows.ts';

const contexts = optionsOf(text.logs.contexts);

/** Chooses which lines of a log are shown. */
export function LogFilters({ shown, hasSearch }: { shown: LogRows; hasSearch: boolean }) {
  const filters = optionsOf(text.logs.filters).filter(({ value }) => value !== 'matches' || hasSearch);
  const filter: LogFilter = shown.filter === 'matches' && !hasSearch ? 'all' : shown.filter;
  return (
    <>
      <Select compact aria-label={text.logs.filter} value={filter} options={filters} onChange={shown.setFilter} />
      {filter !== 'all' && (
        <Select
          compact
          aria-label={text.logs.context}
          value={String(shown.context) as keyof typeof text.logs.contexts}
          options={contexts}
          onChange={(value) => shown.setContext(Number(value))}
        />
      )}
    </>
  );
}
