import { History } from 'lucide-react';
import { useEffect } from 'react';
import { useCommands, useExecutions } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ExecutionTable } from '../../executions/execution-table.tsx';

/** All runs of a task. */
export function RunsTab({ taskId }: { taskId: string }) {
  const { executions } = useCommands();
  const list = useExecutions((state) => state.list);
  const ready = useExecutions((state) => state.listReady);
  const failure = useExecutions((state) => state.listFailure);
  useEffect(() => void executions.show({ taskId }), [executions, taskId]);
  // Until the first effect has run, the list is that of another page.
  if (list.query.taskId !== taskId) return <Loading />;
  if (failure !== null && list.rows.length === 0) {
    return (
      <EmptyState icon={<History />} title={text.executions.unreadable}>
        {failure}
      </EmptyState>
    );
  }
  if (!ready) return <Loading />;
  if (list.rows.length === 0) {
    return (
      <EmptyState icon={<History />} title={text.taskPage.noRun}>
        {text.taskPage.noRunHint}
      </EmptyState>
    );
  }
  return <ExecutionTable rows={list.rows} />;
}
