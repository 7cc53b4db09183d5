import { homedir } from 'node:os';
import { join } from 'node:path';
import { dialog, shell } from 'electron';
import { writeFile } from '../adapters/files/write-file.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { Host } from '../ipc/host.ts';

type Dialogs = Pick<
  Host,
  'chooseDirectory' | 'chooseImportFile' | 'chooseExportFile' | 'chooseLogFile' | 'writeFile' | 'openFile'
>;

/** Chooses files and folders with the system's dialogs, and opens and writes files. */
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
  chooseLogFile: async (name) => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      title: 'Save log',
      // oxlint-disable-next-line no-control-regex -- no file name may have control characters
      defaultPath: join(homedir(), name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_')),
      filters: [{ name: 'Logs', extensions: ['log', 'txt'] }],
    });
    return canceled ? null : filePath;
  },
  writeFile: (path, content) => {
    try {
      // The save dialog has already asked whether to overwrite an existing file.
      writeFile(path, content);
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
