import { backup, shell, type Wish } from '../wish.ts';

const given = [backup];
const told = 'There is a task "Backup".';

export const existingTaskWishes: readonly Wish[] = [
  {
    ...{ wish: 'Pause the backup.', given, calls: [['pause', { task_id: 'Backup' }]] },
    tasks: { Backup: { status: 'paused' } },
  },
  {
    ...{
      wish: 'Pause it until tomorrow at nine.',
      told,
      given,
      calls: [['pause', { job_id: 'Backup', until: 'tomorrow 9am' }]],
    },
    tasks: { Backup: { status: 'paused' } },
  },
  {
    wish: 'Start the backup again.',
    given: [{ ...backup, active: false }],
    calls: [['resume', { id: 'Backup' }]],
    tasks: { Backup: { status: 'active' } },
  },
  {
    wish: 'Move the backup to ten.',
    given,
    calls: [
      ['update', { job_id: 'backups', schedule: 'every day at 10am' }],
      ['list', {}],
      ['update', { job_id: 'Backup', schedule: 'every day at 10am' }],
    ],
    tasks: { Backup: { cronExpression: '0 10 * * *' } },
  },
  {
    ...{ wish: 'Call it Notes.', told, given, calls: [['update', { job_id: 'Backup', name: 'Notes' }]] },
    tasks: { Notes: { cronExpression: '0 9 * * *' }, Backup: null },
  },
  {
    wish: 'Retry the backup twice; keep its time limit.',
    given: [{ ...backup, policies: { timeoutMs: 1000 } }],
    calls: [['update', { job_id: 'Backup', policies: { retries: { count: 2 } } }]],
    tasks: { Backup: { policies: { timeoutMs: 1000, retries: { count: 2 } } } },
  },
  {
    wish: 'No time limit for the backup any more.',
    given: [{ ...backup, policies: { timeoutMs: 1000, nice: 5 } }],
    calls: [['update', { job_id: 'Backup', policies: { timeoutMs: null } }]],
    tasks: { Backup: { policies: { nice: 5 } } },
  },
  {
    ...{
      wish: 'Use another command.',
      told: 'There is a task "Backup". The new command is `ls`.',
      given,
      calls: [['update', { job_id: 'Backup', parameters: { command: 'ls' } }]],
    },
    tasks: { Backup: { parameters: { command: 'ls' }, cronExpression: '0 9 * * *' } },
  },
  {
    ...{
      wish: 'Delete the backup.',
      given,
      calls: [
        ['delete', { name: 'Backup' }],
        ['delete', { job_id: 'Backup' }],
      ],
    },
    tasks: { Backup: null },
  },
  {
    ...{ wish: 'Leave out the next backup.', given, calls: [['skip_next', { job_id: 'Backup' }]] },
    tasks: { Backup: { status: 'active' } },
  },
  {
    wish: 'Use Berlin time for the backup.',
    given,
    calls: [
      ['update', { job_id: 'Backup', timezone: 'CET+1' }],
      ['update', { job_id: 'Backup', timezone: 'Europe/Berlin' }],
    ],
    tasks: { Backup: { timezone: 'Europe/Berlin' } },
  },
  {
    ...{ wish: 'When does the backup run next?', given, calls: [['next', { task: 'Backup' }]] },
    says: /2026-11-24T09:00/,
  },
  {
    ...{
      wish: 'What is scheduled?',
      given,
      calls: [
        ['list', { status: 'all' }],
        ['list', {}],
      ],
    },
    says: /"Backup"/,
  },
  {
    ...{
      wish: 'What does "every weekday at 9" mean?',
      calls: [['validate', { ...shell('true'), schedule: 'every weekday at 9' }]],
    },
    says: /valid/,
  },
  {
    ...{
      wish: 'Run the backup now.',
      given: [{ ...backup, ...shell('print hello') }],
      calls: [['trigger', { job_id: 'Backup' }]],
    },
    says: /success/i,
  },
  {
    ...{
      wish: 'Why was there no backup yesterday?',
      given,
      calls: [['why', { task_id: 'Backup', since: 'yesterday' }]],
    },
    says: /slot|No/i,
  },
];
