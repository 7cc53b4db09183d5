import type { MenuItemConstructorOptions } from 'electron';
import { clockTime, type ClockStyle } from '../../contract/time-style.ts';
import { plain } from '../../domain/visible-text.ts';
import type { TrayActions, TrayState } from '../../ports/desktop.ts';

export type Glyph = 'idle' | 'running' | 'failing' | 'paused' | 'attention';

/** Returns the icon to show. A pause comes first, then failures and other problems, then runs in progress. */
export function glyphOf({ paused, failing, attention, running }: TrayState): Glyph {
  if (paused) return 'paused';
  if (failing > 0) return 'failing';
  if (attention.length > 0) return 'attention';
  return running.length > 0 ? 'running' : 'idle';
}

/** The whole state in one line, for the tooltip. */
export function tooltipOf(state: TrayState): string {
  const { paused, running, failing, attention } = state;
  const parts = [
    ...(paused ? [pausedText(state)] : []),
    ...(running.length > 0 ? [`${running.length} running`] : []),
    ...(failing > 0 ? [failing === 1 ? '1 task failed' : `${failing} tasks failed`] : []),
    ...attention.map(({ text }) => text),
  ];
  return `NCP Scheduler: ${parts.length === 0 ? 'all is well' : plain(parts.join(', '))}`;
}

/** The menu of the tray. It offers everything, because some Linux panels do not report clicks on the icon. */
export function trayMenu(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: 'Quick add…', click: () => actions.quickAdd() },
    { label: 'Open', click: () => actions.show() },
    ...section(
      [...state.attention, ...state.remarks].map(({ text, target }) => ({
        label: labelText(text),
        click: () => actions.show(target),
      })),
    ),
    ...section(state.next.map((task) => nextItem(task, state.clock, actions))),
    ...section(state.running.map((run) => runningItem(run, actions))),
    ...section(
      state.lastFailures.map(({ taskName, executionId }) => ({
        label: labelText(`Failed: ${taskName}`),
        click: () => actions.show({ view: 'execution', executionId }),
      })),
    ),
    ...section(recentItem(state, actions)),
    ...section([pauseItem(state, actions)]),
    ...section([{ label: 'Quit', click: () => actions.quit() }]),
  ];
}

function nextItem(
  { taskId, taskName, at }: TrayState['next'][number],
  clock: ClockStyle,
  actions: TrayActions,
): MenuItemConstructorOptions {
  return {
    label: labelText(`${momentText(at, clock)}  ${taskName}`),
    submenu: [
      { label: 'Run now', click: () => actions.runTask(taskId) },
      { label: `Skip the run at ${momentText(at, clock)}`, click: () => actions.skipNext(taskId, at) },
      { label: 'Pause', click: () => actions.pauseTask(taskId) },
      { label: 'Open task', click: () => actions.show({ view: 'task', taskId }) },
    ],
  };
}

/** Marks that a menu can show in every theme; the name of the outcome is in the page that opens. */
const marks = { success: '✓', failure: '✗', other: '–' } as const;

/** The last runs. A time rather than an age, because the menu is built again only when something changes. */
function recentItem({ recent, clock }: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [];
  return [
    {
      label: 'Recent runs',
      submenu: recent.map(({ taskName, executionId, outcome, at }) => ({
        label: labelText(`${marks[outcome]} ${momentText(at, clock)}  ${taskName}`),
        click: () => actions.show({ view: 'execution', executionId }),
      })),
    },
  ];
}

function runningItem(
  { taskName, executionId }: TrayState['running'][number],
  actions: TrayActions,
): MenuItemConstructorOptions {
  return {
    label: labelText(`Running: ${taskName}`),
    submenu: [
      { label: 'Show log', click: () => actions.show({ view: 'execution', executionId }) },
      { label: 'Cancel run', click: () => actions.cancel(executionId) },
    ],
  };
}

function pauseItem(state: TrayState, actions: TrayActions): MenuItemConstructorOptions {
  if (state.paused) return { label: `Resume all (${pausedText(state)})`, click: () => actions.resumeAll() };
  return {
    label: 'Pause all',
    submenu: [
      { label: 'For an hour', click: () => actions.pauseAll('hour') },
      { label: `Until tomorrow, ${clockTime(9, 0, state.clock)}`, click: () => actions.pauseAll('morning') },
      { label: 'Until resumed', click: () => actions.pauseAll('resumed') },
    ],
  };
}

const pausedText = ({ pausedUntil, clock }: TrayState): string =>
  pausedUntil === null ? 'everything is paused' : `paused until ${momentText(pausedUntil, clock)}`;

function section(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.length === 0 ? [] : [{ type: 'separator' }, ...items];
}

/** Longest label, in characters: a panel widens its menu to the longest line. */
const LONGEST_LABEL = 60;

/** Shortens a label, and escapes `&`, which marks a mnemonic in a menu label and is not shown. */
function labelText(text: string): string {
  const visible = plain(text);
  const characters = [...visible];
  const short = characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join('')}…` : visible;
  return short.replaceAll('&', '&&');
}

const WEEK_MS = 6 * 86_400_000;

/** Returns the time of an instant; with its weekday, or more than six days away its date, if it is not today. */
function momentText(at: string, clock: ClockStyle): string {
  const date = new Date(at);
  const now = new Date();
  const time = clockTime(date.getHours(), date.getMinutes(), clock);
  if (date.toDateString() === now.toDateString()) return time;
  const isNear = Math.abs(date.getTime() - now.getTime()) < WEEK_MS;
  return `${date.toLocaleDateString([], isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' })} ${time}`;
}
