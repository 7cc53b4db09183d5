import {
  Archive,
  CalendarRange,
  Copy,
  Eraser,
  FileClock,
  FileText,
  FolderInput,
  History,
  House,
  Layers,
  ListChecks,
  ListTree,
  PanelTop,
  Pause,
  PencilLine,
  Play,
  Plus,
  Settings,
  SkipForward,
  Stethoscope,
  SunMoon,
  Trash2,
  Wrench,
  Zap,
} from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import type { TaskView } from '../../../main/contract/task.ts';
import { tomorrowMorning } from '../../../main/contract/tomorrow.ts';
import type { Commands } from '../../commands/commands.ts';
import { useCommands, useExecutions, useSchedule } from '../../session-context.tsx';
import { taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import { taskDetail, tasksMeant } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';

/** Number of recent runs to offer; the Runs view lists older ones. */
const RUNS_OFFERED = 50;

/** Returns the palette entries that `typed` could mean. */
export function usePaletteEntries(typed: string): PaletteEntry[] {
  const commands = useCommands();
  const tasks = useSchedule((schedule) => schedule.tasks);
  const paused = useSchedule((schedule) => schedule.paused !== null);
  const recent = useExecutions((state) => state.recent);
  return useMemo(
    () => [
      ...actionEntries(commands, paused),
      ...viewEntries(commands),
      ...tasksMeant(tasks, typed, taskText).flatMap((task) => taskEntries(commands, task)),
      ...recent.slice(0, RUNS_OFFERED).map((execution) => runEntry(commands, execution)),
    ],
    [commands, tasks, paused, recent, typed],
  );
}

const taskText = (task: TaskView): string => `${task.name} ${taskDetail(task)}`;

function actionEntries({ navigation, schedule, settings, doctor }: Commands, paused: boolean): PaletteEntry[] {
  const action = (id: string, label: string, icon: ReactNode, run: () => void): PaletteEntry => ({
    id,
    section: 'actions',
    label,
    icon,
    run,
  });
  const themes = (['system', 'light', 'dark'] as const).map((theme) =>
    action(
      `theme-${theme}`,
      text.palette.theme(text.settings.themes[theme]),
      <SunMoon />,
      () => void settings.change({ theme }),
    ),
  );
  const pausing = paused
    ? [action('resume-all', text.pause.resumeAll, <Play />, () => void schedule.resumeAll())]
    : [
        action('pause-all', text.pause.pauseAll, <Pause />, () => void schedule.pauseAll()),
        action('pause-hour', text.pause.forAnHour, <Pause />, () => void schedule.pauseAll(inAnHour())),
        action(
          'pause-day',
          text.pause.untilTomorrow,
          <Pause />,
          () => void schedule.pauseAll(tomorrowMorning(Date.now())),
        ),
      ];
  return [
    action('new-task', text.shell.newTask, <Plus />, () => navigation.openEditor({ kind: 'new' })),
    action('quick-add', text.quickAdd.title, <Zap />, () => navigation.setQuickAdd(true)),
    ...pausing,
    action('check', text.palette.check, <Stethoscope />, () => {
      navigation.go({ view: 'overview' });
      void doctor.check();
    }),
    action('backups', text.backups.open, <Archive />, () => navigation.openHistory({ kind: 'backups' })),
    action('clean-up', text.settings.cleanUpNow, <Eraser />, () => void settings.cleanUp()),
    action('entries', text.entries.open, <ListTree />, () => navigation.setEntries(true)),
    action('fix', text.palette.fix, <Wrench />, () => void doctor.fix()),
    ...themes,
  ];
}

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

function viewEntries({ navigation }: Commands): PaletteEntry[] {
  const icons = {
    overview: <House />,
    groups: <Layers />,
    executions: <History />,
    timeline: <CalendarRange />,
    activity: <ListChecks />,
    settings: <Settings />,
  };
  return (['overview', 'groups', 'executions', 'timeline', 'activity', 'settings'] as const).map((view) => ({
    id: `view-${view}`,
    section: 'views',
    label: text.shell.views[view],
    icon: icons[view],
    run: () => navigation.go({ view }),
  }));
}

function taskEntries({ tasks, navigation, executions }: Commands, task: TaskView): PaletteEntry[] {
  const entry = (verb: string, label: string, icon: ReactNode, run: () => void): PaletteEntry => ({
    id: `${verb}-${task.id}`,
    section: 'tasks',
    label,
    detail: taskDetail(task),
    icon,
    run,
  });
  const resting = task.status === 'paused' || task.status === 'error';
  const entries = [
    entry('open', text.palette.open(task.name), <PanelTop />, () => navigation.go(taskPage(task.id))),
    entry('run', text.palette.run(task.name), <Zap />, () => void tasks.runNow(task)),
    entry('edit', text.palette.edit(task.name), <PencilLine />, () =>
      navigation.openEditor({ kind: 'edit', taskId: task.id }),
    ),
    entry('duplicate', text.palette.duplicate(task.name), <Copy />, () =>
      navigation.openEditor({ kind: 'duplicate', taskId: task.id }),
    ),
    entry('move', text.palette.move(task.name), <FolderInput />, () =>
      navigation.askToMove({ taskId: task.id, timingId: null }),
    ),
    entry('runs', text.palette.showRuns(task.name), <FileClock />, () => executions.visit({ taskId: task.id })),
    entry('delete', text.palette.remove(task.name), <Trash2 />, () => void tasks.remove(task)),
  ];
  if (resting) entries.push(entry('resume', text.palette.resume(task.name), <Play />, () => void tasks.resume(task)));
  if (task.status === 'active')
    entries.push(
      entry('pause', text.palette.pause(task.name), <Pause />, () => void tasks.pause(task)),
      entry('pause-until', text.pausing.paletteUntil(task.name), <Pause />, () => navigation.askToPause(task.id)),
      entry('skip', text.pausing.paletteSkip(task.name), <SkipForward />, () => void tasks.skipNext(task)),
    );
  return entries;
}

const runEntry = ({ navigation }: Commands, execution: Execution): PaletteEntry => ({
  id: execution.executionId,
  section: 'runs',
  label: text.palette.log(execution.taskName),
  detail: `${text.executions.status[execution.status]}, ${formatMoment(execution.startedAt, Date.now())}`,
  icon: <FileText />,
  run: () => navigation.go({ view: 'execution', executionId: execution.executionId }),
});
