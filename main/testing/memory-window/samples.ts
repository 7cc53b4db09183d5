import type { TaskDraftInput } from '../../contract/task.ts';
import type { ServerTool } from '../../ports/tool-servers.ts';
import { logLine } from './memory-logs.ts';

export const typicalDrafts: readonly TaskDraftInput[] = [
  {
    name: 'Back up photos',
    schedule: 'every day at 9am',
    tool: 'shell:run',
    parameters: { command: 'rsync -a --delete ~/Pictures/ /mnt/backup/pictures/' },
    tags: ['backup'],
  },
  {
    name: 'Deploy staging',
    schedule: 'every day at 9am',
    tool: 'shell:run',
    parameters: { command: 'npm run deploy -- --env staging' },
    workingDirectory: '/home/ada/shop',
  },
  {
    name: 'Ping the shop',
    schedule: 'every 5 minutes',
    tool: 'http:request',
    parameters: { url: 'https://shop.example.org/health', method: 'GET' },
    policies: { retries: { count: 2 } },
  },
  {
    name: 'Tidy downloads',
    schedule: 'every weekday at 18:30',
    tool: 'filesystem:list_directory',
    parameters: { path: '/home/ada/Downloads' },
  },
  {
    name: 'Tokyo market report',
    schedule: 'every weekday at 9am in Tokyo',
    tool: 'shell:run',
    parameters: { command: './report.py --market tse | mail -s "Market report" ada@example.org' },
  },
  {
    name: 'Rotate certificates',
    schedule: 'first monday of the month at 10am',
    tool: 'shell:run',
    parameters: { command: 'certbot renew --quiet' },
  },
  {
    name: 'Sync music library',
    schedule: 'every 2 hours',
    tool: 'shell:run',
    parameters: { command: 'rclone sync ~/Music remote:music' },
    // The policies that an import from a crontab sets.
    policies: { overlap: 'allow-all', timeoutMs: 86_400_000 },
  },
];

/** The tools of the MCP server `filesystem`. */
export const filesystemTools: readonly ServerTool[] = [
  {
    name: 'list_directory',
    title: 'List Directory',
    description: 'Lists the files and folders of a directory.',
    inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
  {
    name: 'directory_tree',
    title: 'Directory Tree',
    description: 'A recursive tree of a directory.',
    inputSchema: {
      type: 'object',
      properties: {
        path: { type: 'string', description: 'Where to begin.' },
        depth: { type: 'integer', description: 'How deep to go.', default: 3 },
        format: { enum: ['json', 'text'], description: 'How the answer is written.' },
        hidden: { type: 'boolean', description: 'Also files that begin with a dot.' },
        excludePatterns: { type: 'array', items: { type: 'string' }, description: 'One pattern a line.' },
        sort: { type: 'object', properties: { by: { enum: ['name', 'size'] }, reverse: { type: 'boolean' } } },
      },
      required: ['path'],
    },
  },
];

/** The line of `failingLog` that says what went wrong. */
export const failingLine = 'Error: connect ECONNREFUSED 203.0.113.7:22';

/** Returns a log with terminal colours that ends in an error. */
export function failingLog(start: number): string {
  const lines: [number, 'out' | 'err' | 'sys', string][] = [
    [240, 'sys', 'Started /bin/sh in /home/ada/shop'],
    [310, 'out', '\u001b[1m> shop@4.2.0 deploy\u001b[0m'],
    [330, 'out', '> node scripts/deploy.mjs --env staging'],
    [520, 'out', '\u001b[32m✔\u001b[0m Built 214 modules in \u001b[36m1.9 s\u001b[0m'],
    [690, 'out', '\u001b[33mwarning\u001b[0m asset checkout.js is larger than 244 KiB'],
    [900, 'out', 'Uploading to staging.example.org …'],
    [1900, 'err', `\u001b[31m${failingLine}\u001b[0m`],
    [1901, 'err', '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)'],
    [1901, 'err', '    at Upload.open (/home/ada/shop/scripts/upload.mjs:41:11)'],
    [1930, 'err', 'npm error Lifecycle script `deploy` failed with error code 1'],
    [1960, 'sys', 'Ended with exit code 1 after 1.7 s'],
  ];
  return lines.map(([after, stream, text]) => logLine(start + after, stream, text)).join('');
}

export function longLog(start: number, count: number, name: string): string {
  const lines = Array.from({ length: count }, (_, index) =>
    logLine(start + index * 137, 'out', `${name}: file ${index + 1} of ${count} \u001b[32mdone\u001b[0m`),
  );
  return logLine(start, 'sys', 'Started /bin/sh in /home/ada') + lines.join('');
}

/** A crontab: two new tasks, one whose name is taken, one that already exists, and one that cannot be scheduled. */
export const crontab = `# Edited by ada
MAILTO=ada@example.org

30 2 * * * restic backup ~ --exclude .cache

*/5 * * * 1-5 /home/ada/bin/check.sh --quiet
# Rotate certificates
0 0 * * * python3 /home/ada/report.py
# Sync music library
0 */2 * * * rclone sync ~/Music remote:music
0 25 * * * /home/ada/bin/start.sh
`;

/** Other machines of Ada. `machines-scene.ts` puts a window behind the first two; the last one cannot be reached. */
export const otherMachines = {
  web: { host: 'ada@web.example.org', colour: 'teal', notify: true },
  nas: { host: 'nas', colour: 'orange' },
  attic: { host: 'ada@attic.example.org' },
} as const;
