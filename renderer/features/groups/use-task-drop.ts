import { useState } from 'react';
import type { DragEvent } from 'react';
import type { TimingView } from '../../../main/contract/task.ts';
import { useCommands, useSession } from '../../session-context.tsx';

/** The type a dragged task carries: nothing else that is dropped here means anything. */
export const TASK_DRAG_TYPE = 'application/x-scheduler-task';

interface TaskDrop {
  isOver: boolean;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: () => void;
  onDrop: (event: DragEvent) => void;
}

/** Dropping a task on a group asks whether it should have that group's schedule. */
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
