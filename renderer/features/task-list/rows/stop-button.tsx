import { Square } from 'lucide-react';
import { useCommands, useExecutions } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { RowButton } from './row-button.tsx';

/** Stops the run of a task that is running. */
export function StopButton({ taskId }: { taskId: string }) {
  const { executions } = useCommands();
  const running = useExecutions((state) =>
    state.recent.find((execution) => execution.taskId === taskId && execution.status === 'running'),
  );
  if (!running) return null;
  return (
    <RowButton
      label={text.executions.cancel}
      icon={<Square aria-hidden />}
      onClick={() => void executions.cancel(running)}
    />
  );
}
