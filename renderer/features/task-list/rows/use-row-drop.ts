import { useState } from 'react';
import type { DragEvent } from 'react';
import { useCommands, useSession } from '../../../session-context.tsx';
import type { ListLine } from '../arrange/list-lines.ts';

/** The data type of a dragged task; anything else that is dropped is ignored. */
export const TASK_DRAG_TYPE = 'application/x-scheduler-task';

interface RowDrop {
  /** The section over which a task is held. */
  readonly overKey: string | null;
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Handles a task dropped on a group or one of its tasks: asks whether it should get the schedule of that group. */
export function useRowDrop(lineAt: (element: EventTarget) => ListLine | undefined): RowDrop {
  const { stores } = useSession();
  const { navigation } = useCommands();
  const [overKey, setOverKey] = useState<string | null>(null);
  const sectionAt = (event: DragEvent) => {
    const section = lineAt(event.target)?.section ?? null;
    return section?.timing == null ? null : section;
  };
  return {
    overKey,
    handlers: {
      onDragOver: (event) => {
        const section = event.dataTransfer.types.includes(TASK_DRAG_TYPE) ? sectionAt(event) : null;
        setOverKey(section?.key ?? null);
        if (section) event.preventDefault();
      },
      onDragLeave: () => setOverKey(null),
      onDrop: (event) => {
        setOverKey(null);
        const taskId = event.dataTransfer.getData(TASK_DRAG_TYPE);
        const task = stores.schedule.getState().schedule?.tasks.find((candidate) => candidate.id === taskId);
        const timingId = sectionAt(event)?.timing?.id;
        if (!task || timingId === undefined || task.timingId === timingId) return;
        event.preventDefault();
        navigation.askToMove({ taskId, timingId });
      },
    },
  };
}
