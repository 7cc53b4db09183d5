import { join } from 'node:path';
import { Menu, shell, type MenuItemConstructorOptions } from 'electron';

export interface AppMenuActions {
  quickAdd(): void;
  newTask(): void;
  settings(): void;
  quit(): void;
}

/**
 * Sets the application menu. Replaces Electron's default menu, which quits without asking and offers Reload and
 * developer tools. On Linux and Windows the menu is hidden until Alt is pressed, but its shortcuts always work.
 */
export function setAppMenu(actions: AppMenuActions): void {
  const isMac = process.platform === 'darwin';
  const quit: MenuItemConstructorOptions = {
    label: isMac ? 'Quit NCP Scheduler' : 'Quit',
    accelerator: 'CommandOrControl+Q',
    click: () => actions.quit(),
  };
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => actions.settings(),
  };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [macMenu(settings, quit)] : []),
    {
      label: 'File',
      submenu: [
        { label: 'New task', click: () => actions.newTask() },
        { label: 'Quick add…', click: () => actions.quickAdd() },
        { role: 'close' },
        ...(isMac ? [] : [settings, quit]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Licences', click: () => void openLicences() }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Opens the licences of everything in the package, or shows the file if no program opens text files. */
async function openLicences(): Promise<void> {
  const file = join(process.resourcesPath, 'THIRD-PARTY-LICENSES.txt');
  if ((await shell.openPath(file)) !== '') shell.showItemInFolder(file);
}

function macMenu(settings: MenuItemConstructorOptions, quit: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return {
    role: 'appMenu',
    submenu: [{ role: 'about' }, separator, settings, separator, { role: 'hide' }, { role: 'hideOthers' }, quit],
  };
}
