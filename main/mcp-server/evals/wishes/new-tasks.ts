import { shell, type Call, type Wish } from '../wish.ts';

const base = { name: 'Wish', schedule: 'every day at 9am', ...shell('true') };
const create = (more: Readonly<Record<string, unknown>>): Call => ['create', { ...base, ...more }];

const told = 'Create a task "Wish" that runs the shell command `true` every day at nine.';
const also = (more: string, wish: Wish): Wish => ({ ...wish, told: `${told} ${more}` });

/** A wish for what else a task does. @param wrong what a model writes at first */
function made(
  wish: string,
  right: Readonly<Record<string, unknown>>,
  state: Readonly<Record<string, unknown>>,
  wrong?: Readonly<Record<string, unknown>>,
): Wish {
  return {
    ...{ wish, told },
    calls: wrong === undefined ? [create(right)] : [create(wrong), create(right)],
    tasks: { Wish: { cronExpression: '0 9 * * *', ...state } },
  };
}

const retried = { policies: { retries: { count: 2 } } };
const limited = { policies: { timeoutMs: 600_000 } };

export const newTaskWishes: readonly Wish[] = [
  made('Try again twice if it fails.', retried, retried, { retries: { count: 2 } }),
  made(
    'Try again three times, a minute apart.',
    { policies: { retries: { count: 3, delayMs: 60_000 } } },
    {
      policies: { retries: { count: 3, delayMs: 60_000 } },
    },
  ),
  made('Stop it after ten minutes.', limited, limited, { timeoutMs: 600_000 }),
  made('Stop it after ten minutes, as text.', { policies: JSON.stringify(limited.policies) }, limited),
  made(
    'Tell me if it fails twice, and stop then.',
    { policies: { pauseAfterFailures: 2 } },
    { policies: { pauseAfterFailures: 2 } },
  ),
  made(
    'If the laptop was off, catch up once.',
    { policies: { catchUp: 'once' } },
    { policies: { catchUp: 'once' } },
    {
      policies: { catchup: 'once' },
    },
  ),
  made(
    'Never run two at a time; run the second afterwards.',
    { policies: { overlap: 'buffer-one' } },
    {
      policies: { overlap: 'buffer-one' },
    },
    { policies: { overlap: 'queue' } },
  ),
  made(
    'Only on mains power.',
    { policies: { conditions: { onACPower: true } } },
    { policies: { conditions: { onACPower: true } } },
  ),
  made(
    'It has failed if the output says ERROR.',
    { policies: { success: [{ check: 'lacks', text: 'ERROR' }] } },
    {
      policies: { success: [{ check: 'lacks', text: 'ERROR' }] },
    },
  ),
  made('Spread it over five minutes.', { policies: { jitterMs: 300_000 } }, { policies: { jitterMs: 300_000 } }),
  also(
    'Its nice value is 19.',
    made('At low priority.', { policies: { nice: 19 } }, { policies: { nice: 19 } }, { policies: { nice: 25 } }),
  ),
  made('Create it, but do not start it yet.', { active: false }, { status: 'paused' }, { paused: true }),
  also(
    'The year ends on 31 December at 23:59 UTC.',
    made(
      'Only until the end of the year.',
      { endDate: '2026-12-31T23:59:00Z' },
      { endDate: '2026-12-31T23:59:00.000Z' },
    ),
  ),
  made('Only ten times.', { maxExecutions: 10 }, { maxExecutions: 10 }, { max_runs: 10 }),
  also(
    'The folder is /tmp.',
    made('In my project folder.', { workingDirectory: '/tmp' }, { workingDirectory: '/tmp' }, { cwd: '/tmp' }),
  ),
  made('With LANG=C.', { env: { LANG: 'C' } }, { env: { LANG: 'C' } }),
  made('Tag it with backup.', { tags: ['backup'] }, { tags: ['backup'] }),
  made('Parameters as JSON text.', { parameters: '{"command": "true"}' }, { parameters: { command: 'true' } }),
  {
    told: 'Create a task "Wish".',
    wish: 'Run df every day at nine; the command beside the name.',
    calls: [
      ['create', { name: 'Wish', schedule: 'every day at 9am', tool: 'shell:run', command: 'df' }],
      create(shell('df')),
    ],
    tasks: { Wish: { parameters: { command: 'df' } } },
  },
  {
    told: 'Create a task "Wish" that runs the shell command `true`, in the time zone Europe/Paris.',
    wish: 'Every day at nine; cron as its own field, and the zone as tz.',
    calls: [['create', { name: 'Wish', cron: '0 9 * * *', tz: 'Europe/Paris', ...shell('true') }]],
    tasks: { Wish: { cronExpression: '0 9 * * *', timezone: 'Europe/Paris' } },
  },
  {
    told: 'Create a task "Wish". The webhook is https://example.org, with GET.',
    wish: 'Call my webhook every day at nine.',
    calls: [
      ['create', { ...base, tool: 'http:get', parameters: { url: 'https://example.org' } }],
      ['create', { ...base, tool: 'http:request', parameters: { url: 'https://example.org' } }],
    ],
    tasks: { Wish: { tool: 'http:request', parameters: { url: 'https://example.org' } } },
  },
  {
    told: 'Create a task "Wish". The script is the shell command `true`.',
    wish: 'Run a script every day at nine.',
    calls: [['create', { ...base, tool: 'bash', parameters: { command: 'true' } }], create({})],
    tasks: { Wish: { tool: 'shell:run' } },
  },
];
