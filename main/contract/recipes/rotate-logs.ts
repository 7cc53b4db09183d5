import type { Recipe } from './recipe.ts';
import { folderProblem, lastPart, minutes, shellPath } from './recipe-fields.ts';

/**
 * find(1) and gzip(1) of GNU, BSD and macOS. A file that changed within a day may still be open. The date in the suffix
 * keeps the next file of the same name apart.
 */
export const rotateLogs: Recipe = {
  name: 'rotate-logs',
  title: 'Compress and delete old logs',
  does: 'Compresses the .log files in a folder that have not changed for a day, and deletes the compressed ones after some days.',
  needs: null,
  succeeds: 'Every file could be compressed or deleted: exit code 0 and no error output.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'folder', label: 'Folder', kind: 'folder', example: '/var/log/myapp' },
      hint: 'The folder with the logs. Folders in it are included.',
      problem: folderProblem,
    },
    {
      ...{ name: 'days', label: 'Days to keep', kind: 'text', example: '30' },
      hint: 'Compressed logs that are older are deleted.',
      problem: (value) => (/^[1-9]\d{0,3}$/.test(value) ? null : 'must be a whole number from 1 to 9999.'),
    },
  ],
  task: ({ folder = '', days = '' }) => ({
    name: `Rotate logs of ${lastPart(folder)}`,
    schedule: 'every day at 04:00',
    tool: 'shell:run',
    parameters: {
      command: [
        'set -e',
        `cd ${shellPath(folder)}`,
        `find . -type f -name '*.log' -mtime +0 -exec gzip -S ".$(date +%Y-%m-%d).gz" {} +`,
        `find . -type f -name '*.log.*.gz' -mtime +${days} -delete`,
      ].join('\n'),
    },
    policies: { timeoutMs: minutes(30), catchUp: 'once', success: [{ check: 'empty', in: 'stderr' }] },
  }),
};
