import type { Recipe } from './recipe.ts';
import { folderProblem, lastPart, minutes, placeProblem, shellPath } from './recipe-fields.ts';

/** https://restic.readthedocs.io/en/stable/040_backup.html: exit code 3 means that some files could not be read. */
export const resticBackup: Recipe = {
  name: 'restic-backup',
  title: 'Back up a folder with restic',
  does: 'Adds an encrypted snapshot of a folder to a restic repository every night.',
  needs:
    'restic, a repository (restic init), and its password as the secret RESTIC_PASSWORD, set in Settings under Secrets or with: ncp-scheduler secrets set RESTIC_PASSWORD.',
  succeeds: 'restic ends with exit code 0 and reports a saved snapshot.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'folder', label: 'Folder', kind: 'folder', example: '~/Documents' },
      hint: 'The folder to back up.',
      problem: folderProblem,
    },
    {
      ...{ name: 'repository', label: 'Repository', kind: 'text', example: '/mnt/backup/restic' },
      hint: 'Where the snapshots are kept: a folder, or an address such as sftp:me@host:/backup.',
      problem: placeProblem,
    },
  ],
  task: ({ folder = '', repository = '' }) => ({
    name: `Back up ${lastPart(folder)} with restic`,
    schedule: 'every day at 02:00',
    tool: 'shell:run',
    parameters: { command: `restic --repo ${shellPath(repository)} backup ${shellPath(folder)}` },
    env: { RESTIC_PASSWORD: '${secret:RESTIC_PASSWORD}' },
    policies: {
      timeoutMs: minutes(240),
      catchUp: 'once',
      success: [{ check: 'matches', pattern: '^snapshot [0-9a-f]+ saved' }],
    },
  }),
};
