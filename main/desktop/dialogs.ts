import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dialog, shell } from 'electron';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { Host } from '../ipc/host.ts';

type Dialogs = Pick<Host, 'chooseDirectory' | 'chooseImportFile' | 'chooseExportFile' | 'writeFile' | 'openFile'>;

/** Choosing, opening and writing files, by the dialogs of the system. */
export const dialogs: Dialogs = {
  chooseDirectory: async (startAt) => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      properties: ['openDirectory', 'createDirectory'],
      defaultPath: startAt ?? homedir(),
    });
    return canceled ? null : (filePaths[0] ?? null);
  },
  chooseImportFile: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: 'Import tasks',
      properties: ['openFile', 'showHiddenFiles'],
      filters: [
        { name: 'Schedules', extensions: ['json', 'timer', 'plist', 'xml', 'crontab', 'txt'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return canceled ? null : (filePaths[0] ?? null);
  },
  chooseExportFile: async () => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Export tasks',
      defaultPath: join(homedir(), 'schedule.ncp.json'),
      filters: [{ name: 'NCP Scheduler export', extensions: ['json'] }],
    });
    return canceled ? null : filePath;
  },
  writeFile: (path, text) => {
    try {
      // The dialog asked before an existing file was chosen.
      writeFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      const message = `${path} cannot be written: ${messageOf(error)}.`;
      throw new SchedulerError('usage/unwritable-file', message, { path }, error);
    }
  },
  openFile: async (path) => {
    const problem = await shell.openPath(path);
    if (problem !== '') throw new SchedulerError('execution/not-opened', `${path} could not be opened: ${problem}`);
  },
};
