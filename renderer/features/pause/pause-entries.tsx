import { CalendarPlus, PauseCircle, SkipForward } from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { whyNoSkip } from './no-skip.ts';

/** Menu entries that keep a task from running for a while. */
export function pauseEntries(task: TaskView, { tasks, navigation }: Commands): MenuEntry[] {
  if (task.status !== 'active') return [];
  const isSkipping = task.skipUntil !== undefined && Date.parse(task.skipUntil) > Date.now();
  return [
    ...(whyNoSkip(task) !== null
      ? []
      : [
          {
            label: isSkipping ? text.pausing.skipOneMore : text.pausing.skipNext,
            icon: <SkipForward aria-hidden />,
            onSelect: () => void tasks.skipNext(task),
          },
        ]),
    ...(isSkipping
      ? [
          {
            label: text.pausing.keepNext,
            icon: <CalendarPlus aria-hidden />,
            onSelect: () => void tasks.keepNext(task),
          },
        ]
      : []),
    {
      label: text.pausing.menu,
      icon: <PauseCircle aria-hidden />,
      onSelect: () => navigation.askToPause(task.id),
    },
  ];
}
