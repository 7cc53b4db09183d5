import type { IpcParsedInput } from '../../contract/ipc.ts';
import type { ImportChange, ImportReport } from '../../contract/transfer.ts';

const base = { what: 'task', fields: [], notes: [], choices: [] } as const;

/** A crontab, as it would be imported. */
const found: readonly ImportChange[] = [
  {
    ...{ ...base, fields: [], notes: [], key: 'line 4', source: 'line 4', name: 'Nightly backup', action: 'add' },
    choices: ['add', 'skip'],
    schedule: 'Every day at 02:30 (Europe/Berlin)',
    runs: 'restic backup ~ --exclude .cache',
    paused: true,
    notes: ['On days of a clock change it may run at another time than cron did; docs/import-export.md says how.'],
  },
  {
    ...{ ...base, fields: ['parameters'], notes: [], key: 'line 6', source: 'line 6', name: 'check.sh', action: 'add' },
    choices: ['add', 'replace', 'skip'],
    schedule: 'Every 5 minutes, Monday to Friday (Europe/Berlin)',
    runs: '/home/ada/bin/check.sh --quiet',
    paused: true,
    reason: '"check.sh" already exists with another definition.',
    notes: ['Added as "check.sh (imported)".'],
  },
  {
    ...{ ...base, fields: [], notes: [], key: 'line 7', source: 'line 7', name: 'report.py', action: 'skip' },
    choices: ['skip', 'add'],
    schedule: 'Every day at 00:00 (Europe/Berlin)',
    runs: 'python3 /home/ada/report.py',
    reason: 'The same task already exists.',
  },
  {
    ...{ ...base, fields: [], notes: [], choices: [] },
    key: 'line 9',
    source: 'line 9',
    name: '@reboot /home/ada/bin/start.sh',
    action: 'refused',
    reason: '"@reboot" names an event, not a time, so it cannot be scheduled.',
  },
];

function report({ decisions }: IpcParsedInput<'transfer.preview'>['options'], importId: string | null): ImportReport {
  const changes = found.map((change) => ({ ...change, action: decisions[change.key] ?? change.action }));
  const notes = [
    'Imported tasks are paused, because the crontab still runs them. Remove them there, then resume them here.',
  ];
  return { kind: 'crontab', importId, changes, notes, warnings: [] };
}

/** Export and import of the fake world. */
export function transferHandlers() {
  const none = { policy: 'copy', decisions: {}, settings: true } as const;
  return {
    'transfer.export': () => ({
      file: '/home/ada/schedule.ncp.json',
      tasks: 12,
      secrets: [
        { reference: '${secret:github_GITHUB_TOKEN}', at: ['settings', 'mcpServers', 'github', 'env', 'GITHUB_TOKEN'] },
      ],
      warnings: [],
    }),
    'transfer.open': () => ({ opened: { token: 'one', name: 'crontab.txt', report: report(none, null) } }),
    'transfer.preview': ({ options }: IpcParsedInput<'transfer.preview'>) => ({ report: report(options, null) }),
    'transfer.apply': ({ options }: IpcParsedInput<'transfer.apply'>) => ({ report: report(options, 'import-1') }),
  };
}
