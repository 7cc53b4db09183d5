import { CornerDownRight, Ellipsis, Pause, Play, Zap } from 'lucide-react';
import { memo } from 'react';
import type { DragEvent, MouseEvent } from 'react';
import { useStore } from 'zustand';
import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { openContextMenu } from '../../../ui/menu.tsx';
import { TagChip } from '../../../ui/tag-chip.tsx';
import { taskSummary } from '../../groups/groups.ts';
import { LastRun, LastStatus, NextRun, Success, Usual } from './task-cells.tsx';
import { RowButton } from './row-button.tsx';
import { RunStrip } from './run-strip.tsx';
import { StopButton } from './stop-button.tsx';
import { TASK_DRAG_TYPE } from './use-row-drop.ts';
import styles from './lines.module.css';

const c = bindClasses(styles);
const words = text.taskList;

/** Where a row is, and how it is marked. */
export interface LineProps {
  readonly index: number;
  /** Distance from the top of the list, in px. */
  readonly start: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

export interface TaskLineProps extends LineProps {
  readonly task: TaskView;
  readonly timing: TimingView | undefined;
  /** True below a heading. */
  readonly isNested: boolean;
  /** How far its name is indented, beneath the task that it runs after. */
  readonly depth: number;
  /** After which tasks it runs, in words; empty if it runs after none. */
  readonly after: string;
  readonly onSelect: (index: number, event: MouseEvent) => void;
}

/** One task. Memoized, because a key press moves the mark between two rows and must not draw all of them. */
export const TaskLine = memo(function TaskLine(props: TaskLineProps) {
  const { task, timing, index, start, isActive, isSelected, isNested } = props;
  const { stores } = useSession();
  const figures = useStore(stores.figures, (state) => state.known.get(task.id));
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(TASK_DRAG_TYPE, task.id);
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <div
      role="row"
      aria-label={task.name}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-level={isNested ? 2 + props.depth : undefined}
      data-line={index}
      data-result
      tabIndex={isActive ? 0 : -1}
      draggable
      onDragStart={onDragStart}
      className={c('line', 'task', isSelected && 'selected', task.status !== 'active' && 'resting')}
      style={{ transform: `translateY(${start}px)` }}
    >
      <SelectCell {...props} />
      <span role="gridcell" className={c('status')}>
        <LastStatus task={task} />
      </span>
      <NameCell task={task} depth={props.depth} after={props.after} />
      <span role="gridcell" className={c('strip')}>
        <RunStrip runs={figures?.runs ?? null} />
      </span>
      <span role="gridcell" className={c('last')}>
        <LastRun task={task} />
      </span>
      <span role="gridcell" className={c('next')}>
        <NextRun task={task} timing={timing} />
      </span>
      <span role="gridcell" className={c('usual')}>
        <Usual ms={figures?.usualMs ?? null} />
      </span>
      <span role="gridcell" className={c('success')}>
        <Success rate={figures?.successRate ?? null} />
      </span>
      <Actions task={task} isActive={isActive} />
    </div>
  );
});

function SelectCell({ task, index, isSelected, onSelect }: TaskLineProps) {
  return (
    <span role="gridcell" className={c('select')}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={words.selectTask(task.name)}
        checked={isSelected}
        onClick={(event) => onSelect(index, event)}
        // The click decides, because only it knows whether Shift was held.
        onChange={() => undefined}
      />
    </span>
  );
}

function NameCell({ task, depth, after }: Pick<TaskLineProps, 'task' | 'depth' | 'after'>) {
  const { list } = useCommands();
  return (
    <span role="rowheader" className={c('name')} style={depth === 0 ? undefined : { paddingLeft: `${depth}rem` }}>
      {depth > 0 && <CornerDownRight aria-hidden className={c('chained')} />}
      <span className={c('title')} title={task.name} dir="auto">
        {task.name}
      </span>
      {after !== '' && (
        <span className={c('after')} title={after}>
          {after}
        </span>
      )}
      {(task.tags ?? []).map((tag) => (
        <TagChip key={tag} tag={tag} onClick={{ label: words.filterByTag(tag), run: () => list.toggleTag(tag) }} />
      ))}
      <code className={c('summary')} title={taskSummary(task)}>
        {taskSummary(task)}
      </code>
    </span>
  );
}

function Actions({ task, isActive }: { task: TaskView; isActive: boolean }) {
  const { tasks, bulk } = useCommands();
  const rests = task.status === 'paused' || task.status === 'error';
  return (
    <span role="gridcell" className={c('actions')}>
      {task.running > 0 && <StopButton taskId={task.id} />}
      <RowButton
        label={text.tasks.runNow}
        icon={<Zap aria-hidden />}
        isStop={isActive}
        onClick={() => void tasks.runNow(task)}
      />
      {rests ? (
        <RowButton label={text.tasks.resume} icon={<Play aria-hidden />} onClick={() => void bulk.resume([task])} />
      ) : (
        <RowButton
          label={text.tasks.pause}
          icon={<Pause aria-hidden />}
          isDisabled={task.status === 'completed'}
          onClick={() => void bulk.pause([task])}
        />
      )}
      <RowButton
        label={text.tasks.moreFor(task.name)}
        icon={<Ellipsis aria-hidden />}
        hasMenu
        onClick={(event) => openContextMenu(event.currentTarget)}
      />
    </span>
  );
}
