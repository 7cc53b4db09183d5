import { Ellipsis, Pause, PencilLine, Play, SkipForward, Zap } from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Menu } from '../../ui/menu.tsx';
import { whyNoSkip } from '../pause/no-skip.ts';
import { BulkDialog } from '../task-list/bulk/bulk-dialog.tsx';
import { taskMenu } from '../task-list/list-menu.tsx';
import { useListActions } from '../task-list/use-list-actions.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);

/** The buttons in the header of the page of a task. */
export function TaskActions({ task }: { task: TaskView }) {
  const commands = useCommands();
  const { tasks, navigation } = commands;
  const actions = useListActions();
  const isResting = task.status === 'paused' || task.status === 'error';
  return (
    <div className={c('actions')}>
      <Button look="primary" icon={<Zap aria-hidden />} onClick={() => void tasks.runNow(task)}>
        {text.tasks.runNow}
      </Button>
      {isResting ? (
        <Button icon={<Play aria-hidden />} onClick={() => void tasks.resume(task)}>
          {text.tasks.resume}
        </Button>
      ) : (
        <Button
          icon={<Pause aria-hidden />}
          disabled={task.status === 'completed'}
          onClick={() => void tasks.pause(task)}
        >
          {text.tasks.pause}
        </Button>
      )}
      <Button
        icon={<SkipForward aria-hidden />}
        unavailable={whyNoSkip(task)}
        title={text.pausing.skipNext}
        onClick={() => void tasks.skipNext(task)}
      >
        {text.taskPage.skipNext}
      </Button>
      <Button
        icon={<PencilLine aria-hidden />}
        aria-keyshortcuts="E"
        onClick={() => navigation.openEditor({ kind: 'edit', taskId: task.id })}
      >
        {text.tasks.edit}
      </Button>
      <Menu entries={taskMenu(task, { actions, commands })}>
        <Button look="quiet" icon={<Ellipsis aria-hidden />} aria-label={text.tasks.moreFor(task.name)} />
      </Menu>
      {actions.dialog && <BulkDialog dialog={actions.dialog} onClose={actions.closeDialog} />}
    </div>
  );
}
