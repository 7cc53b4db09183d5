import fc from 'fast-check';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { minuteMs } from '../../../domain/durations.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { combinedSpec } from '../../../domain/timing/combined-spec.ts';
import { intervalSpec } from '../../../domain/timing/interval-spec.ts';
import type { CronSchedule, ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { OsGroup, TranslateContext } from '../../../ports/os-scheduler.ts';

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
] as const;

/** Instants around both clock changes of those zones, leap days, month ends and year ends. */
const BASES: readonly number[] = [
  '2026-03-07T22:00:00Z',
  '2026-03-28T20:30:00Z',
  '2026-10-24T23:10:00Z',
  '2026-10-31T20:00:00Z',
  '2026-04-03T10:00:00Z',
  '2026-10-02T10:00:00Z',
  '2026-02-13T23:00:00Z',
  '2027-03-13T12:00:00Z',
  '2011-12-28T12:00:00Z',
  '2018-10-30T12:00:00Z',
  '2018-02-15T12:00:00Z',
  '2019-09-27T12:00:00Z',
  '2020-04-02T12:00:00Z',
  '2028-02-28T11:00:00Z',
  '2028-02-29T09:00:00Z',
  '2026-04-30T12:00:00Z',
  '2026-12-31T22:59:00Z',
  '2027-01-01T00:00:00Z',
].map((text) => Date.parse(text));

const field = (min: number, max: number): fc.Arbitrary<string> => {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 2, max: Math.max(2, Math.floor((max - min) / 2)) });
  const part = fc.oneof(
    { weight: 4, arbitrary: value.map(String) },
    { weight: 2, arbitrary: range },
    { weight: 1, arbitrary: fc.tuple(range, step).map(([text, by]) => `${text}/${by}`) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant('*') },
    { weight: 2, arbitrary: step.map((by) => `*/${by}`) },
    { weight: 6, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')) },
  );
};

const monthDay = fc.oneof(
  { weight: 5, arbitrary: fc.constant('*') },
  { weight: 5, arbitrary: field(1, 31) },
  { weight: 1, arbitrary: fc.constantFrom('L', '1,L', '29', '31', '30-31') },
);
const weekday = fc.oneof(
  { weight: 6, arbitrary: fc.constant('*') },
  { weight: 4, arbitrary: field(0, 7) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom('#1', '#2', '#3', '#4', '#5', 'L'))
      .map((parts) => parts.join('')),
  },
);

/** Hours around clock changes are drawn far more often than by chance. */
const hour = fc.oneof(
  { weight: 2, arbitrary: field(0, 23) },
  { weight: 1, arbitrary: fc.constantFrom('0', '1', '2', '3', '1-3') },
);

/** Valid expressions of every form; those that never fire are drawn again. */
export const cronTexts: fc.Arbitrary<string> = fc
  .tuple(field(0, 59), hour, monthDay, field(1, 12), weekday)
  .map((fields) => fields.join(' '))
  .filter(isValid);

function isValid(text: string): boolean {
  try {
    parseCron(text);
    return true;
  } catch (error) {
    if (error instanceof SchedulerError) return false;
    throw new Error(`parseCron("${text}") threw ${messageOf(error)}`, { cause: error });
  }
}

export const zones: fc.Arbitrary<string> = fc.constantFrom(...ZONES);
export const bases: fc.Arbitrary<number> = fc
  .tuple(fc.constantFrom(...BASES), fc.integer({ min: 0, max: 3000 }))
  .map(([base, minutes]) => base + minutes * minuteMs);

export const schedule = (text: string, timezone: string): CronSchedule => ({
  kind: 'cron',
  cron: parseCron(text),
  timezone,
});

export const groupOf = (text: string, timezone: string, timingId = 'test-group'): OsGroup => {
  const spec = schedule(text, timezone);
  return { timingId, key: scheduleKey(spec), description: `Group of ${text}`, schedule: spec };
};

export const groupOfSpec = (spec: ScheduleSpec): OsGroup => {
  return { timingId: 'test-group', key: scheduleKey(spec), description: 'A test', schedule: spec };
};

/** Every 7 days never meets another weekday. */
const phaseCounts = fc.constantFrom(2, 3, 4, 5, 6, 9, 11);

/** Days that five cron fields cannot say. */
const exactDays = fc.constantFrom(
  ...['15W * *', '1W * *', '30W * *', 'LW * *', 'LW-2 * *', 'L-3 * *', '3WD * *', '20WD 2,6 *', '13 * +5', 'L * +1-5'],
  ...[
    '29-31 * +1',
    '2-31 * +1-5',
    '1,LW * *',
    '15W * 1',
    '28W * *',
    '31W 1,3 *',
    '8-14 1,7 +2',
    'L-20 * *',
    'LW-4,1WD * *',
  ],
);

/** Several cron lines, every nth period, days that cron cannot say, and intervals of real time. */
export const newKinds: fc.Arbitrary<(timezone: string) => ScheduleSpec> = fc.oneof(
  fc
    .array(cronTexts, { minLength: 2, maxLength: 4 })
    .map((texts) => (timezone: string) => combinedSpec(texts.map(parseCron), null, timezone)),
  fc.tuple(field(0, 59), hour, exactDays).map((fields) => (timezone: string) => cronSpec(fields.join(' '), timezone)),
  fc
    .tuple(phasedTexts(), phaseCounts, fc.constantFrom('day', 'week', 'month'), bases)
    .map(([texts, count, unit, base]) => (timezone: string) => {
      const phase = { count, unit, from: new Date(base).toISOString().slice(0, 10) };
      return combinedSpec(texts.map(parseCron), phase, timezone);
    }),
  fc
    .tuple(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(90, 65, 100, 1440, 2160, 10_080, 44_640)), bases)
    .map(
      ([minutes, base]) =>
        (timezone: string) =>
          intervalSpec(minutes, base, timezone),
    ),
);

/** Lines with every month and common days, so that every phase matches some of them. */
function phasedTexts(): fc.Arbitrary<string[]> {
  const days = fc.constantFrom('* * *', '* * 5', '* * 1-5', '1 * *', '1,15 * *', '* * 2#2', 'L * *');
  const line = fc.tuple(field(0, 59), hour, days).map((fields) => fields.join(' '));
  return fc.array(line, { minLength: 1, maxLength: 2 });
}

export const contextOf = (machineTimezone: string, fromMs: number): TranslateContext => ({
  command: ['/opt/NCP Scheduler/ncp-scheduler'],
  env: { HOME: '/home/kim', PATH: '/usr/local/bin:/usr/bin:/bin' },
  machineTimezone,
  fromMs,
  homeDir: '/home/kim',
  namespace: '',
  firedDir: '/home/kim/.ncp/scheduler/fired',
});
