import { History } from 'lucide-react';
import { useEffect } from 'react';
import { useCommands, useExecutions } from '../../../session-context.tsx';
import { findExecution } from '../../../stores/executions-store.ts';
import { text } from '../../../text/en.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { LogPanel } from '../../logs/log-panel.tsx';

interface LogTabProps {
  executionId: string | null;
  /** False until it is known whether the task has run. */
  isKnown: boolean;
}

/** The log of the last run, live if it goes on. */
export function LogTab({ executionId, isKnown }: LogTabProps) {
  const { executions } = useCommands();
  const execution = useExecutions((state) => (executionId === null ? undefined : findExecution(state, executionId)));
  useEffect(() => {
    if (executionId !== null) void executions.open(executionId);
  }, [executions, executionId]);
  if (execution !== undefined) return <LogPanel key={execution.executionId} execution={execution} />;
  if (executionId !== null || !isKnown) return <Loading />;
  return (
    <EmptyState icon={<History />} title={text.taskPage.noRun}>
      {text.taskPage.noRunHint}
    </EmptyState>
  );
}
