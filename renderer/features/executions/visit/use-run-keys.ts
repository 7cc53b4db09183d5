import { useEffect } from 'react';
import type { Execution } from '../../../../main/contract/execution.ts';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import { actionOf } from '../../../shortcuts.ts';

/**
 * The keys of the page of a run: Escape returns to the list of runs, E edits its task and R runs it again. A dialog, a
 * menu or a field takes the key first. An empty search takes only letters.
 */
export function useRunKeys(execution: Execution | undefined): void {
  const { executions, navigation } = useCommands();
  const taskExists = useSchedule((schedule) => schedule.tasks.some(({ id }) => id === execution?.taskId));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf('run', event);
      if (action === null || event.defaultPrevented) return;
      if (isField(event.target, action === 'leave')) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (action === 'leave') navigation.go({ view: 'executions' });
      else if (execution === undefined || !taskExists) return;
      else if (action === 'edit') navigation.openEditor({ kind: 'edit', taskId: execution.taskId });
      // A key that is held starts one run.
      else if (action === 'rerun' && !event.repeat && execution.status !== 'running') void executions.rerun(execution);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [executions, navigation, execution, taskExists]);
}

const isField = (target: EventTarget | null, exceptEmptySearch: boolean): boolean =>
  target instanceof HTMLElement &&
  /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
  !(exceptEmptySearch && target instanceof HTMLInputElement && target.type === 'search' && target.value === '');
