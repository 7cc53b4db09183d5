import type { Recipe } from './recipe.ts';
import { folderProblem, lastPart, minutes, placeProblem, shellPath } from './recipe-fields.ts';

/** How rsync counts a source that holds nothing: a disk that is not mounted. */
const nothing = 'Number of files: 1 (dir: 1)';

/** rsync(1). Deletes nothing in the copy, so that a lost source does not empty it. */
export const rsyncBackup: Recipe = {
  name: 'rsync-backup',
  title: 'Copy a folder with rsync',
  does: 'Copies what changed in a folder to another disk or computer every night. Deletes nothing there.',
  needs: 'rsync. For another computer also an SSH key that works without a password.',
  succeeds: 'rsync ends with exit code 0 and found files to look at. An empty source is a failure.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'folder', label: 'Folder', kind: 'folder', example: '~/Photos' },
      hint: 'The folder to copy. What is in it goes into the copy.',
      problem: folderProblem,
    },
    {
      ...{ name: 'copy', label: 'Copy', kind: 'text', example: '/mnt/backup/photos' },
      hint: 'Where the copy is kept: a folder, or another computer such as me@host:/backup/photos.',
      problem: placeProblem,
    },
  ],
  task: ({ folder = '', copy = '' }) => ({
    name: `Copy ${lastPart(folder)} with rsync`,
    schedule: 'every day at 01:00',
    tool: 'shell:run',
    parameters: { command: `rsync --archive --stats ${shellPath(withSlash(folder))} ${shellPath(withSlash(copy))}` },
    policies: {
      timeoutMs: minutes(240),
      catchUp: 'once',
      retries: { count: 2, delayMs: minutes(5) },
      success: [
        { check: 'contains', text: 'Number of files:' },
        { check: 'lacks', text: nothing },
      ],
    },
  }),
};

/** With a slash at its end, rsync copies what is in the folder instead of the folder. */
const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);
