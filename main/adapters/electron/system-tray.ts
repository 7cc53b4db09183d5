import { join } from 'node:path';
import { Menu, nativeImage, Tray as ElectronTray } from 'electron';
import type { Tray, TrayActions, TrayState } from '../../ports/desktop.ts';
import { glyphOf, tooltipOf, trayMenu, type Glyph } from './tray-menu.ts';

/** The icon in the panel and its menu. */
export class SystemTray implements Tray {
  readonly #iconDir: string;
  readonly #actions: TrayActions;
  #tray: ElectronTray;
  #state: TrayState | null = null;
  #shown = '';

  /** @param iconDir folder with the tray icons */
  constructor(iconDir: string, actions: TrayActions) {
    this.#iconDir = iconDir;
    this.#actions = actions;
    this.#tray = this.#create();
  }

  render(state: TrayState): void {
    this.#state = state;
    const menu = trayMenu(state, this.#actions);
    // A new menu gets new ids, so a panel that has the old one open would lose the click.
    const shown = JSON.stringify([glyphOf(state), tooltipOf(state), menu, state]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(this.#image(glyphOf(state)));
    this.#tray.setToolTip(tooltipOf(state));
    if (process.platform === 'darwin') this.#tray.setTitle(countOf(state));
    this.#tray.setContextMenu(Menu.buildFromTemplate(menu));
  }

  /** Registers the icon again, for a panel that started after the icon was created. */
  recreate(): void {
    this.#tray.destroy();
    this.#tray = this.#create();
    this.#shown = '';
    if (this.#state !== null) this.render(this.#state);
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #create(): ElectronTray {
    const tray = new ElectronTray(this.#image('idle'));
    // Some Linux panels do not report clicks, so the menu offers everything too.
    tray.on('click', ({ altKey }) => (altKey ? this.#actions.quickAdd() : this.#actions.show()));
    tray.on('middle-click', () => this.#actions.quickAdd());
    return tray;
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

/** The text beside the icon in the macOS menu bar: the number of failing tasks, or else of runs in progress. */
function countOf({ running, failing }: TrayState): string {
  const count = failing > 0 ? failing : running.length;
  return count === 0 ? '' : String(count);
}
