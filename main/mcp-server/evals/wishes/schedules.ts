import { shell, type Call, type Wish } from '../wish.ts';

const told = 'Create a task "Wish" that runs the shell command `true`.';

/** A wish for one task: its schedule as a model writes it at first, the right form if that fails, and what must follow. */
function timed(
  wish: string,
  schedule: string,
  cron: string,
  more: { readonly wrong?: string; readonly timezone?: string; readonly told?: string } = {},
): Wish {
  const { wrong, timezone = 'UTC' } = more;
  const zone = timezone === 'UTC' ? {} : { timezone };
  const create = (text: string): Call => ['create', { name: 'Wish', schedule: text, ...zone, ...shell('true') }];
  return {
    wish,
    told: [told, more.told ?? ''].join(' ').trim(),
    calls: wrong === undefined ? [create(schedule)] : [create(wrong), create(schedule)],
    tasks: { Wish: { cronExpression: cron, timezone } },
  };
}

export const scheduleWishes: readonly Wish[] = [
  timed('Run it every morning at nine.', 'every day at 9am', '0 9 * * *'),
  timed('Back up my notes every weekday evening.', 'every weekday at 18:30', '30 18 * * 1-5', {
    told: 'Evening is half past six.',
  }),
  timed('Check every five minutes.', '*/5 * * * *', '*/5 * * * *', { wrong: '0 */5 * * * *' }),
  timed('Once an hour, on the hour.', 'every hour', '0 * * * *'),
  timed('Every quarter of an hour.', 'every 15 minutes', '*/15 * * * *', { wrong: '0 */15 * * * ?' }),
  timed('Mondays at eight.', 'every monday at 8am', '0 8 * * 1'),
  timed('On weekends at noon.', 'every weekend at noon', '0 12 * * 0,6'),
  timed('On the first of each month at midnight.', '0 0 1 * *', '0 0 1 * *'),
  timed('On the last day of the month at six in the evening.', '0 18 L * *', '0 18 L * *'),
  timed('Every midnight.', '@daily', '0 0 * * *'),
  timed('Nine in the morning, New York time.', '0 9 * * *', '0 9 * * *', { timezone: 'America/New_York' }),
  timed('Tuesday and Thursday at 7.', 'every tuesday and thursday at 7am', '0 7 * * 2,4'),
  timed('Every other hour.', 'every 2 hours', '0 */2 * * *'),
  timed('At 8 and at 20 each day.', 'every day at 8am and 8pm', '0 8,20 * * *'),
  timed('Each New Year at midnight.', '@yearly', '0 0 1 1 *'),
  timed('Fridays at five in the afternoon.', 'every friday at 5pm', '0 17 * * 5', { wrong: '0 0 17 ? * FRI' }),
  timed('At half past two at night.', '30 2 * * *', '30 2 * * *', { wrong: '30 26 * * *' }),
  timed('Every 30 minutes during office hours.', '*/30 9-17 * * 1-5', '*/30 9-17 * * 1-5', {
    told: 'Office hours: Monday to Friday, first at 9:00, last at 17:30.',
  }),
  timed('At nine in Berlin.', '0 9 * * *', '0 9 * * *', { timezone: 'Europe/Berlin' }),
  timed('On the 15th at ten.', '0 10 15 * *', '0 10 15 * *'),
  {
    wish: 'Remind me tomorrow at nine.',
    told,
    calls: [['create', { name: 'Wish', schedule: 'tomorrow at 9am', ...shell('true') }]],
    tasks: { Wish: { runAt: '2026-11-24T09:00:00.000Z' } },
  },
  {
    told,
    wish: 'Run it on the 24th of December at six in the evening.',
    calls: [['create', { name: 'Wish', schedule: '2026-12-24T18:00:00Z', ...shell('true') }]],
    tasks: { Wish: { runAt: '2026-12-24T18:00:00.000Z' } },
  },
];
