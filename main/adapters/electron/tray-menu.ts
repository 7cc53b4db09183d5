import type { MenuItemConstructorOptions } from 'electron';
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
  return `NCP Scheduler: ${parts.length === 0 ? 'all is well' : parts.join(', ')}`;
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
    ...section(state.next.map(({ name, at }) => ({ label: labelText(`${clockTime(at)}  ${name}`), enabled: false }))),
    ...section(state.running.map((run) => runningItem(run, actions))),
    ...section(
      state.lastFailures.map(({ taskName, executionId }) => ({
        label: labelText(`Failed: ${taskName}`),
        click: () => actions.show({ view: 'execution', executionId }),
      })),
    ),
    ...section([pauseItem(state, actions)]),
    ...section([{ label: 'Quit', click: () => actions.quit() }]),
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
      { label: 'Until tomorrow, 9:00', click: () => actions.pauseAll('morning') },
      { label: 'Until resumed', click: () => actions.pauseAll('resumed') },
    ],
  };
}

const pausedText = ({ pausedUntil }: TrayState): string =>
  pausedUntil === null ? 'everything is paused' : `paused until ${clockTime(pausedUntil)}`;

function section(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.length === 0 ? [] : [{ type: 'separator' }, ...items];
}

/** Escapes `&`, which marks a mnemonic in a menu label and is not shown. */
function labelText(text: string): string {
  return text.replaceAll('&', '&&');
}

function clockTime(at: string): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date().toDateString();
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return sameDay ? time : `${date.toLocaleDateString([], { weekday: 'short' })} ${time}`;
}
