import {
  ArchiveRestore,
  Bot,
  CalendarRange,
  Eraser,
  FileHeart,
  Footprints,
  FolderOutput,
  History,
  House,
  Keyboard,
  Layers,
  Lightbulb,
  ListChecks,
  MonitorCheck,
  ListTree,
  Pause,
  Play,
  Plug,
  Plus,
  RefreshCw,
  Server,
  Settings,
  Stethoscope,
  SunMoon,
  Undo2,
  Wrench,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { tomorrowMorning } from '../../../main/contract/tomorrow.ts';
import type { Commands } from '../../commands/commands.ts';
import type { Fleet } from '../../fleet.ts';
import { text } from '../../text/en.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { synonyms } from './synonyms.ts';

const words = text.palette;

function action(id: string, label: string, icon: ReactNode, run: () => void): PaletteEntry {
  const others = synonyms[id];
  return { id, section: 'actions', label, icon, run, ...(others === undefined ? {} : { synonyms: others }) };
}

/** What decides which actions make sense now. */
export interface PaletteState {
  readonly paused: boolean;
  /** Number of proposals that wait for approval. */
  readonly waiting: number;
}

/** Returns what can be done without choosing a task first. */
export function actionEntries(commands: Commands, { paused, waiting }: PaletteState): PaletteEntry[] {
  const { navigation, schedule, settings, doctor, transfer, agents, history, tour } = commands;
  const themes = (['system', 'light', 'dark'] as const).map((theme) =>
    action(
      `theme-${theme}`,
      words.theme(text.settings.themes[theme]),
      <SunMoon />,
      () => void settings.change({ theme }),
    ),
  );
  return [
    action('new-task', text.shell.newTask, <Plus />, () => navigation.openEditor({ kind: 'new' })),
    action('quick-add', text.quickAdd.title, <Zap />, () => navigation.setQuickAdd(true)),
    ...pausing(schedule, paused),
    action('check', words.check, <Stethoscope />, () => {
      navigation.go({ view: 'overview' });
      void doctor.check();
    }),
    action('fix', words.fix, <Wrench />, () => void doctor.fix()),
    { ...action('export', words.exportAll, <FolderOutput />, () => void transfer.exportAll()), needs: 'files' },
    action('backups', words.backups, <ArchiveRestore />, () => navigation.openHistory({ kind: 'backups' })),
    action('clean-up', text.settings.cleanUpNow, <Eraser />, () => void settings.cleanUp()),
    action('entries', text.entries.open, <ListTree />, () => navigation.setEntries(true)),
    action('shortcuts', text.shortcuts.menu, <Keyboard />, () => navigation.setShortcuts(true)),
    action('tour', text.tour.start, <Footprints />, tour.start),
    action('undo', text.shortcuts.actions.undo, <Undo2 />, () => void history.undoLast()),
    action('review', words.review, <Bot />, () =>
      waiting > 0 ? agents.open() : navigation.showSetting(text.agents.section.title),
    ),
    action('connect', text.connectAgent.button, <Plug />, () => navigation.setConnect(true)),
    action('tools', words.retry, <RefreshCw />, () => void settings.loadTools()),
    action('report', words.report, <FileHeart />, () => navigation.showSetting(text.settings.about)),
    ...themes,
  ];
}

function pausing(schedule: Commands['schedule'], paused: boolean): PaletteEntry[] {
  if (paused) return [action('resume-all', text.pause.resumeAll, <Play />, () => void schedule.resumeAll())];
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  return [
    action('pause-all', text.pause.pauseAll, <Pause />, () => void schedule.pauseAll()),
    action('pause-hour', text.pause.forAnHour, <Pause />, () => void schedule.pauseAll(inAnHour())),
    action('pause-day', text.pause.untilTomorrow, <Pause />, () => void schedule.pauseAll(tomorrowMorning(Date.now()))),
  ];
}

const viewIcons = {
  overview: <House />,
  groups: <Layers />,
  executions: <History />,
  timeline: <CalendarRange />,
  insights: <Lightbulb />,
  activity: <ListChecks />,
  others: <MonitorCheck />,
  machines: <Server />,
  settings: <Settings />,
} as const;

export function viewEntries({ navigation }: Commands): PaletteEntry[] {
  return (Object.keys(viewIcons) as (keyof typeof viewIcons)[]).map((view) => ({
    id: `view-${view}`,
    section: 'views',
    label: text.shell.views[view],
    synonyms: synonyms[`view-${view}`] ?? '',
    icon: viewIcons[view],
    run: () => navigation.go({ view }),
  }));
}

/** Returns an entry for each machine that the window can show, this one first. */
export function machineEntries(fleet: Fleet, names: readonly string[]): PaletteEntry[] {
  const of = (name: string | null, label: string): PaletteEntry => ({
    ...{ id: `machine-${name ?? 'here'}`, section: 'views', label, icon: <Server /> },
    synonyms: synonyms['view-machines'] ?? '',
    run: () => fleet.show(name),
  });
  if (names.length === 0) return [];
  return [of(null, text.machines.here), ...names.map((name) => of(name, text.machines.paletteShow(name)))];
}
