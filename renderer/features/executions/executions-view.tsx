import { History, SearchX } from 'lucide-react';
import { useEffect } from 'react';
import { useCommands, useExecutions, usePreferences } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { View } from '../../ui/view.tsx';
import { ExecutionFilters } from './execution-filters.tsx';
import { ExecutionTable } from './execution-table.tsx';

export function ExecutionsView() {
  const { executions } = useCommands();
  const query = usePreferences((state) => state.executionQuery);
  const rows = useExecutions((state) => state.list.rows);
  const ready = useExecutions((state) => state.listReady);
  const failure = useExecutions((state) => state.listFailure);
  const filtered = Object.keys(query).length > 0;
  // The list is fetched on every visit; events update it afterwards.
  useEffect(() => void executions.query(query), []);
  return (
    <View title={text.shell.views.executions} tools={<ExecutionFilters query={query} />} scrolls={false}>
      {failure !== null && rows.length === 0 ? (
        <EmptyState
          icon={<History />}
          title={text.executions.unreadable}
          actions={<Button onClick={() => void executions.query(query)}>{text.common.tryAgain}</Button>}
        >
          {failure}
        </EmptyState>
      ) : !ready || rows.length > 0 ? (
        <ExecutionTable rows={rows} />
      ) : filtered ? (
        <EmptyState
          icon={<SearchX />}
          title={text.executions.nothingFound}
          actions={<Button onClick={() => void executions.query({})}>{text.executions.clearFilters}</Button>}
        >
          {text.executions.nothingFoundHint}
        </EmptyState>
      ) : (
        <EmptyState icon={<History />} title={text.executions.empty}>
          {text.executions.emptyHint}
        </EmptyState>
      )}
    </View>
  );
}
