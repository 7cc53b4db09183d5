import fc from 'fast-check';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function part(min: number, max: number, show: (value: number) => string): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const step = fc.integer({ min: 1, max: Math.max(2, Math.ceil((max - min) / 2)) });
  return fc.oneof(
    { weight: 6, arbitrary: value.map(show) },
    { weight: 2, arbitrary: range.map(([a, b]) => `${show(a)}-${show(b)}`) },
    { weight: 1, arbitrary: fc.tuple(range, step).map(([[a, b], by]) => `${a}-${b}/${by}`) },
    { weight: 1, arbitrary: step.map((by) => `*/${by}`) },
  );
}

function field(min: number, max: number, show: (value: number) => string = String): fc.Arbitrary<string> {
  const list = fc.array(part(min, max, show), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(','));
  return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, { weight: 3, arbitrary: list });
}

const named = (names: readonly string[], base: number) => (value: number) =>
  value % 2 === 0 ? (names[value - base] ?? String(value)).toUpperCase() : String(value);

const minute = fc.oneof(field(0, 59), fc.constantFrom('0', '30', '*/15', '0,45'));
/** Hours of clock changes appear far more often than at random. */
const hour = fc.oneof(field(0, 23), fc.constantFrom('0', '1', '2', '3', '1-3', '23', '*'));
const monthDay = fc.oneof(
  { weight: 4, arbitrary: fc.constant('*') },
  { weight: 4, arbitrary: field(1, 31) },
  { weight: 2, arbitrary: fc.constantFrom('L', '1,L', '29', '30,31', '28-31', '?', '1-31') },
);
const month = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*') },
  { weight: 3, arbitrary: field(1, 12, named(MONTHS, 1)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2', '2,4', '1,3'),
  },
);
const nth = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.constantFrom('#1', '#2', '#3', '#4', '#5', 'L'))
  .map((pair) => pair.join(''));
const weekday = fc.oneof(
  { weight: 4, arbitrary: fc.constant('*') },
  { weight: 4, arbitrary: field(0, 6, named(WEEKDAYS, 0)) },
  { weight: 1, arbitrary: fc.constantFrom('7', '5-7', '0-6', '?', 'fri-sun') },
  { weight: 2, arbitrary: nth },
  { weight: 1, arbitrary: fc.tuple(nth, nth, fc.constantFrom('1', '2-4', '6')).map((parts) => parts.join(',')) },
);

/** Cron expressions with every form of the five fields. Most are valid; some never fire. */
export const cronTexts: fc.Arbitrary<string> = fc
  .tuple(minute, hour, monthDay, month, weekday)
  .map((fields) => fields.join(' '));

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
] as const;

/** Instants near clock changes of these zones (in years that have them), leap days, and ends of months and years. */
const BASES = [
  '2026-03-07T22:00Z',
  '2026-11-01T00:00Z',
  '2026-03-28T20:00Z',
  '2026-10-24T20:00Z',
  '2026-04-04T10:00Z',
  '2026-10-03T10:00Z',
  '2026-02-14T20:00Z',
  '2026-03-21T20:00Z',
  '2018-02-17T12:00Z',
  '2018-11-03T12:00Z',
  '2020-04-04T08:00Z',
  '2020-09-26T08:00Z',
  '2011-12-29T00:00Z',
  '2028-02-28T12:00Z',
  '2027-02-28T12:00Z',
  '2026-04-30T12:00Z',
  '2026-12-31T12:00Z',
].map((text) => Date.parse(text));

export const zones: fc.Arbitrary<string> = fc.constantFrom(...ZONES);
export const instants: fc.Arbitrary<number> = fc
  .tuple(fc.constantFrom(...BASES), fc.integer({ min: 0, max: 2 * 86_400_000 }))
  .map(([base, offset]) => base + offset);
