import {
  CalendarClock,
  Copy,
  EyeOff,
  Download,
  FileClock,
  FolderInput,
  History,
  ListChecks,
  PanelTop,
  Pause,
  PencilLine,
  Play,
  SkipForward,
  Tag,
  Trash2,
  Zap,
} from 'lucide-react';
import type { TaskView } from '../../../main/contract/task.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { whyNoSkips } from '../pause/no-skip.ts';
import { pauseEntries } from '../pause/pause-entries.tsx';
import type { ListActions } from './use-list-actions.ts';

export interface MenuNeeds {
  readonly actions: ListActions;
  readonly commands: Commands;
  /** Whether files can be saved where the person is. */
  readonly canSave: boolean;
}

/** The menu of one task. */
export function taskMenu(task: TaskView, { actions, commands }: Omit<MenuNeeds, 'canSave'>): MenuEntry[] {
  const { navigation, executions } = commands;
  const showRuns = () => executions.visit({ taskId: task.id });
  const rests = task.status === 'paused' || task.status === 'error';
  return [
    { label: text.tasks.runNow, icon: <Zap aria-hidden />, onSelect: () => actions.run([task]) },
    rests
      ? { label: text.tasks.resume, icon: <Play aria-hidden />, onSelect: () => void commands.bulk.resume([task]) }
      : { label: text.tasks.pause, icon: <Pause aria-hidden />, onSelect: () => void commands.bulk.pause([task]) },
    { label: text.tasks.edit, icon: <PencilLine aria-hidden />, onSelect: () => actions.edit([task]) },
    {
      label: text.tasks.duplicate,
      icon: <Copy aria-hidden />,
      onSelect: () => navigation.openEditor({ kind: 'duplicate', taskId: task.id }),
    },
    ...pauseEntries(task, commands),
    ...(task.policies?.probe === undefined
      ? []
      : [
          {
            label: text.probes.forget,
            icon: <EyeOff aria-hidden />,
            onSelect: () => void commands.tasks.forgetSeen(task),
          },
        ]),
    { label: text.bulk.tag, icon: <Tag aria-hidden />, onSelect: () => actions.tag([task]) },
    { label: text.tasks.move, icon: <FolderInput aria-hidden />, onSelect: () => actions.move([task]) },
    {
      label: text.backfill.menu,
      icon: <CalendarClock aria-hidden />,
      onSelect: () => navigation.askToBackfill(task.id),
    },
    { label: text.tasks.showRuns, icon: <FileClock aria-hidden />, onSelect: showRuns },
    {
      label: text.history.menu,
      icon: <History aria-hidden />,
      onSelect: () => navigation.openHistory({ kind: 'history', taskId: task.id, name: task.name }),
    },
    deleteEntry(() => actions.remove([task])),
  ];
}

/** The menu of several tasks: the chosen ones, or those of a section. */
export function bulkMenu(tasks: readonly TaskView[], { actions, commands, canSave }: MenuNeeds): MenuEntry[] {
  return [
    { label: text.taskList.group.runMenu, icon: <Zap aria-hidden />, onSelect: () => actions.run(tasks) },
    {
      label: text.taskList.group.pauseMenu,
      icon: <Pause aria-hidden />,
      onSelect: () => void commands.bulk.pause(tasks),
    },
    {
      label: text.taskList.group.resumeMenu,
      icon: <Play aria-hidden />,
      onSelect: () => void commands.bulk.resume(tasks),
    },
    ...(whyNoSkips(tasks) === null
      ? [{ label: text.bulk.skip, icon: <SkipForward aria-hidden />, onSelect: () => actions.skipNext(tasks) }]
      : []),
    { label: text.bulk.tag, icon: <Tag aria-hidden />, onSelect: () => actions.tag(tasks) },
    { label: text.bulk.move, icon: <FolderInput aria-hidden />, onSelect: () => actions.move(tasks) },
    ...(canSave
      ? [{ label: text.bulk.export, icon: <Download aria-hidden />, onSelect: () => void commands.bulk.export(tasks) }]
      : []),
    deleteEntry(() => actions.remove(tasks)),
  ];
}

/** Chooses all tasks of a section, above what can be done with them. */
export const selectEntry = (onSelect: () => void): MenuEntry => ({
  label: text.taskList.group.selectMenu,
  icon: <ListChecks aria-hidden />,
  onSelect,
});

/** Opens the page of a group. */
export const groupEntry = (onSelect: () => void): MenuEntry => ({
  label: text.groupPage.open,
  icon: <PanelTop aria-hidden />,
  onSelect,
});

const deleteEntry = (onSelect: () => void): MenuEntry => ({
  label: text.tasks.delete,
  icon: <Trash2 aria-hidden />,
  danger: true,
  separated: true,
  onSelect,
});
