import { join } from 'node:path';
import { Menu, nativeImage, Tray as ElectronTray, type MenuItemConstructorOptions } from 'electron';
import type { Tray, TrayActions, TrayState } from '../../ports/desktop.ts';

type Glyph = 'idle' | 'running' | 'failing' | 'paused';

/** The icon in the panel and its menu. */
export class SystemTray implements Tray {
  readonly #tray: ElectronTray;
  readonly #iconDir: string;
  readonly #actions: TrayActions;
  #shown = '';

  /** @param iconDir folder of the drawn tray icons. */
  constructor(iconDir: string, actions: TrayActions) {
    this.#iconDir = iconDir;
    this.#actions = actions;
    this.#tray = new ElectronTray(this.#image('idle'));
    // On Linux a click may come or not, depending on the panel: everything is in the menu too.
    this.#tray.on('click', () => actions.show());
  }

  render(state: TrayState): void {
    // Each new menu gets new ids, so a panel that has it open would lose the click.
    const shown = JSON.stringify(state);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(this.#image(glyphOf(state)));
    this.#tray.setToolTip(tooltipOf(state));
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#menu(state)));
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #menu(state: TrayState): MenuItemConstructorOptions[] {
    const actions = this.#actions;
    return [
      { label: 'Quick add…', click: () => actions.quickAdd() },
      { label: 'Show', click: () => actions.show() },
      ...section(state.next.map(({ name, at }) => ({ label: labelText(`${clockTime(at)}  ${name}`), enabled: false }))),
      ...section(
        state.lastFailures.map(({ taskName, executionId }) => ({
          label: labelText(`Failed: ${taskName}`),
          click: () => actions.show({ view: 'execution', executionId }),
        })),
      ),
      { type: 'separator' },
      state.paused
        ? { label: 'Resume all', click: () => actions.resumeAll() }
        : { label: 'Pause all', click: () => actions.pauseAll() },
      { type: 'separator' },
      { label: 'Quit', click: () => actions.quit() },
    ];
  }

  #image(glyph: Glyph): Electron.NativeImage {
    const file =
      process.platform === 'win32'
        ? `${glyph}.ico`
        : process.platform === 'darwin'
          ? `${glyph}-16Template.png`
          : `${glyph}-22.png`;
    const image = nativeImage.createFromPath(join(this.#iconDir, file));
    if (process.platform === 'darwin') image.setTemplateImage(true);
    return image;
  }
}

function glyphOf({ paused, failing, running }: TrayState): Glyph {
  if (paused) return 'paused';
  if (running > 0) return 'running';
  return failing ? 'failing' : 'idle';
}

function tooltipOf({ paused, running, failing }: TrayState): string {
  if (paused) return 'NCP Scheduler: everything is paused';
  if (running > 0) return `NCP Scheduler: ${running} running`;
  return failing ? 'NCP Scheduler: a task failed' : 'NCP Scheduler: all is well';
}

function section(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.length === 0 ? [] : [{ type: 'separator' }, ...items];
}

/** `&` marks a mnemonic in a menu's label and vanishes; doubled it is itself. */
function labelText(text: string): string {
  return text.replaceAll('&', '&&');
}

function clockTime(at: string): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date().toDateString();
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return sameDay ? time : `${date.toLocaleDateString([], { weekday: 'short' })} ${time}`;
}
