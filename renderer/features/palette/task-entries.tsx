import {
  CalendarClock,
  Copy,
  EyeOff,
  FileClock,
  FileText,
  FolderInput,
  Pause,
  PencilLine,
  Play,
  ScrollText,
  SkipForward,
  SquareTerminal,
  Trash2,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { taskSummary } from '../groups/groups.ts';
import { whyNoSkip } from '../pause/no-skip.ts';
import { scoreOf, searchable, wordsOf } from './fuzzy.ts';
import type { PaletteEntry } from './palette-entries.ts';

const words = text.palette;

/** Returns the row of a task: Enter opens it, Ctrl or Cmd with Enter runs it, and the arrow shows its actions. */
export function taskEntry(commands: Commands, task: TaskView): PaletteEntry {
  return {
    id: `task-${task.id}`,
    section: 'tasks',
    label: task.name,
    detail: taskSummary(task),
    ...(task.tags === undefined ? {} : { synonyms: task.tags.join(' ') }),
    icon: <SquareTerminal />,
    run: () => commands.navigation.openTask(task.id),
    runOther: { label: words.runNow, run: () => void commands.tasks.runNow(task) },
    actions: () => taskActions(commands, task),
  };
}

/** Returns everything that can be done with a task. */
export function taskActions({ tasks, navigation, executions }: Commands, task: TaskView): PaletteEntry[] {
  const entry = (verb: string, label: string, icon: ReactNode, run: () => void): PaletteEntry => ({
    id: `${verb}-${task.id}`,
    section: 'actions',
    label,
    icon,
    run,
  });
  const { id, name, status } = task;
  const isResting = status === 'paused' || status === 'error';
  return [
    entry('run', words.run(name), <Zap />, () => void tasks.runNow(task)),
    entry('edit', words.edit(name), <PencilLine />, () => navigation.openEditor({ kind: 'edit', taskId: id })),
    ...(isResting ? [entry('resume', words.resume(name), <Play />, () => void tasks.resume(task))] : []),
    ...(status === 'active'
      ? [
          entry('pause', words.pause(name), <Pause />, () => void tasks.pause(task)),
          entry('pause-until', text.pausing.paletteUntil(name), <Pause />, () => navigation.askToPause(id)),
        ]
      : []),
    ...(whyNoSkip(task) === null
      ? [entry('skip', text.pausing.paletteSkip(name), <SkipForward />, () => void tasks.skipNext(task))]
      : []),
    ...(task.policies?.probe === undefined
      ? []
      : [entry('forget', text.probes.paletteForget(name), <EyeOff />, () => void tasks.forgetSeen(task))]),
    entry('runs', words.showRuns(name), <FileClock />, () => executions.visit({ taskId: id })),
    entry('history', words.history(name), <ScrollText />, () =>
      navigation.openHistory({ kind: 'history', taskId: id, name }),
    ),
    entry('duplicate', words.duplicate(name), <Copy />, () => navigation.openEditor({ kind: 'duplicate', taskId: id })),
    entry('move', words.move(name), <FolderInput />, () => navigation.askToMove({ taskId: id, timingId: null })),
    entry('backfill', words.backfill(name), <CalendarClock />, () => navigation.askToBackfill(id)),
    entry('delete', words.remove(name), <Trash2 />, () => void tasks.remove(task)),
  ];
}

/** Number of tasks whose actions are offered for a verb and a name, such as `run backup`. */
const TASKS_OFFERED = 3;

/** Returns the actions that a verb and the name of a task mean: `run backup`, `pause ping`. */
export function verbEntries(commands: Commands, tasks: readonly PaletteTask[], typed: string): PaletteEntry[] {
  const [verb = '', ...rest] = wordsOf(typed);
  if (
    verb.length < 3 ||
    rest.length === 0 ||
    !/^(?:run|edit|forget|resume|pause|skip|show|history|duplicate|move|delete)/.test(verb)
  )
    return [];
  return tasks
    .map(({ task, name }) => ({ task, score: scoreOf(rest, [name]) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, TASKS_OFFERED)
    .flatMap(({ task }) => taskActions(commands, task))
    .filter(({ label }) => label.toLowerCase().startsWith(verb))
    .map((entry): PaletteEntry => ({ ...entry, section: 'tasks' }));
}

/** A task with its name in the form in which it is searched, made once for each list of tasks. */
export interface PaletteTask {
  readonly task: TaskView;
  readonly name: ReturnType<typeof searchable>;
}

export const paletteTask = (task: TaskView): PaletteTask => ({ task, name: searchable(task.name) });

export const runEntry = ({ navigation }: Commands, execution: Execution): PaletteEntry => ({
  id: execution.executionId,
  section: 'runs',
  label: text.palette.log(execution.taskName),
  detail: `${text.executions.status[execution.status]}, ${formatMoment(execution.startedAt, Date.now())}`,
  icon: <FileText />,
  run: () => navigation.go({ view: 'execution', executionId: execution.executionId }),
});
