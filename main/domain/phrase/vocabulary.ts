/** Every way to write a weekday, a month, a number or a unit, with plurals and common abbreviations. */

const table = (entries: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.assign(Object.create(null) as Record<string, number>, entries);

const WEEKDAY_FORMS = [
  ['sun', 'sunday'],
  ['mon', 'monday'],
  ['tue', 'tues', 'tuesday'],
  ['wed', 'weds', 'wednesday'],
  ['thu', 'thur', 'thurs', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
];

export const WEEKDAY_WORDS = table(
  Object.fromEntries(
    WEEKDAY_FORMS.flatMap((forms, weekday) =>
      forms.flatMap((form) => [form, `${form}s`].map((word) => [word, weekday])),
    ),
  ),
);

/** Returns whether a word is a plural weekday, such as `mondays`, which always means every one of them. */
export const isPluralWeekday = (word: string): boolean => /days$/.test(word) && word in WEEKDAY_WORDS;

const MONTH_FORMS = [
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];

export const MONTH_WORDS = table(
  Object.fromEntries(MONTH_FORMS.flatMap((forms, index) => forms.map((form) => [form, index + 1]))),
);

export const NUMBER_WORDS = table({
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
});
export const TENS_WORDS: ReadonlySet<string> = new Set(['twenty', 'thirty', 'forty', 'fifty', 'ninety']);

/** -1 is the last. */
export const ORDINAL_WORDS = table({
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  fifteenth: 15,
  twentieth: 20,
  last: -1,
});

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const UNIT_FORMS: Readonly<Record<Unit, readonly string[]>> = {
  second: ['seconds', 'sec', 'secs', 's'],
  minute: ['minute', 'minutes', 'min', 'mins', 'm'],
  hour: ['hour', 'hours', 'hr', 'hrs', 'h'],
  day: ['day', 'days', 'd'],
  week: ['week', 'weeks', 'wk', 'wks', 'w'],
  month: ['month', 'months', 'mo'],
  quarter: ['quarter', 'quarters'],
  year: ['year', 'years', 'yr', 'yrs'],
};

const UNITS: ReadonlyMap<string, Unit> = new Map(
  (Object.keys(UNIT_FORMS) as Unit[]).flatMap((unit) => UNIT_FORMS[unit].map((form): [string, Unit] => [form, unit])),
);

export const UNIT_WORDS: readonly string[] = [...UNITS.keys()];
export const unitOf = (word: string): Unit | undefined => UNITS.get(word);

export const WORKDAYS: readonly number[] = [1, 2, 3, 4, 5];
export const WEEKEND: readonly number[] = [6, 0];
export const WHOLE_WEEK: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';
const PARTS: ReadonlyMap<string, PartOfDay> = new Map(
  (['morning', 'afternoon', 'evening', 'night'] as const).flatMap((part): [string, PartOfDay][] => [
    [part, part],
    [`${part}s`, part],
  ]),
);
export const partOfDay = (word: string): PartOfDay | undefined => PARTS.get(word);
