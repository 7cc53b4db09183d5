import { useState } from 'react';
import type { DragEvent } from 'react';
import type { TimingView } from '../../../main/contract/task.ts';
import { useCommands, useSession } from '../../session-context.tsx';

/** The data type of a dragged task; anything else that is dropped is ignored. */
export const TASK_DRAG_TYPE = 'application/x-scheduler-task';

interface TaskDrop {
  isOver: boolean;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: () => void;
  onDrop: (event: DragEvent) => void;
}

/** Handles a task dropped on a group: asks whether the task should get the schedule of that group. */
export function useTaskDrop(timing: TimingView): TaskDrop {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(TASK_DRAG_TYPE)) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event) => {
      setIsOver(false);
      const taskId = event.dataTransfer.getData(TASK_DRAG_TYPE);
      const task = stores.schedule.getState().schedule?.tasks.find((candidate) => candidate.id === taskId);
      if (!task || task.timingId === timing.id) return;
      event.preventDefault();
      navigation.askToMove({ taskId, timingId: timing.id });
    },
  };
}
