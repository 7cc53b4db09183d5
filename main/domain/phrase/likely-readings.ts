import { DAY_READINGS } from './likely-days.ts';
import { TYPED_READINGS } from './typed-readings.ts';

type Reading = string | ((...groups: string[]) => string);

/** A pattern of words that are refused, and what they probably mean, the most probable first. */
export type PhraseReading = readonly [pattern: RegExp, readings: readonly Reading[]];

const hours24 = 24;

/** Returns the times of every `count` hours from an hour on, if they are the same every day. */
function timesFrom(count: number, first: number): string {
  const times = Array.from({ length: hours24 / count }, (_, index) => `${(first + index * count) % hours24}:00`);
  return `every day at ${times.sort((a, b) => parseInt(a, 10) - parseInt(b, 10)).join(', ')}`;
}

function startingAt(whole: string, step: string, hour: string, half = ''): string {
  const [count, clock] = [Number(step), Number(hour)];
  if (count < 1 || hours24 % count !== 0 || clock > 23) return whole;
  const first = half === '' ? clock : (clock % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return timesFrom(count, first);
}

/** "every 12 hours from 1 december at 6": at 6:00 and 18:00. */
function hoursAt(whole: string, step = '', middle = '', hour = ''): string {
  const times = startingAt(whole, step, hour);
  return times === whole ? whole : `${times}${middle}`;
}

const minuteAt = (_: string, step = '', middle = '', minute = ''): string =>
  `every ${step} hours${middle} at :${minute.padStart(2, '0')}`;

const MINUTES_BEFORE: Readonly<Record<string, string>> = { five: ':55', ten: ':50', fifteen: ':45' };

function beforeTheHour(whole: string): string {
  const [count = ''] = whole.toLowerCase().split(' ');
  return `every hour at ${MINUTES_BEFORE[count] ?? `:${60 - Number(count)}`}`;
}

const hourBefore = (whole: string, hour = '', half = ''): string =>
  Number(hour) > 1 ? `at ${Number(hour) - 1}${half}` : whole;

/**
 * What people probably mean by words that the grammar refuses, because they have no time, or more than one meaning. The rest of
 * the phrase stays as it is. The most probable reading comes first.
 */
const READINGS: readonly PhraseReading[] = [
  ...DAY_READINGS,
  ...TYPED_READINGS,
  [/\bbi-weekly\b/i, ['every 2 weeks', 'every monday and thursday']],
  [/\bbi-monthly\b/i, ['every 2 months']],
  [/\bsemi-monthly\b/i, ['on the 1st and 15th of the month']],
  [/\bsemi-weekly\b/i, ['every monday and thursday']],
  [/\b(?:semi|bi)-annually\b/i, ['every 6 months']],
  [/\b(?:every|each) (\d{1,2}) minutes past the hour\b/i, ['every hour at minute $1', 'every $1 minutes']],
  [
    /\bevery (\d{1,2}) hours,? (?:start(?:ing|s)? (?:at|from)|from) (\d{1,2})(?::00)?\s?(am|pm)?(?![:\d]|\s?(?:-|to|till?|until|through)\b)/i,
    [startingAt],
  ],
  [
    /\b(every \d+ (?:min(?:ute)?|h(?:ou)?r)s?) (?:from|starting (?:from|at)) (?=\d{1,2}(?::\d\d)?\s?(?:am|pm)?$)/i,
    ['$1 from tomorrow at '],
  ],
  [/\bevery (\d{1,2}) hours?(,? .*)? at (\d{1,2})$/i, [hoursAt, minuteAt]],
  [/\b(?:five|5|ten|10|fifteen|15) min(?:ute)?s? before every hour\b/i, [beforeTheHour]],
  [/\bat half past$/i, ['at :30']],
  [/\bat (?:a )?quarter past$/i, ['at :15']],
  [/\bat (?:a )?quarter to$/i, ['at :45']],
  [/(?<![\d.])(\d{1,2})\.(\d\d)(?![\d.])/, ['$1:$2']],
  [/(?<![\d:.-])(\d{1,2})\s?(?:till?|until)\s?(\d{1,2})\s?pm\b/i, ['from $1pm to $2pm', 'from $1am to $2pm']],
  [/(?<![\d:.-])(\d{1,2})-(1[3-9]|2[0-3])(?![\d:-])/, ['from $1 to $2']],
  [/(?<![\d:.-])(\d{1,2})-([1-9]|1[0-2])(?![\d:-])/, ['from $1am to $2pm']],
  [
    /\b(?:daily|every ?day) (morning|afternoon|evening) (?:at )?(\d{1,2}(?::\d\d)?)(?:\s?o'?clock)?/i,
    ['daily at $2 in the $1'],
  ],
  [/\bbefore (\d{1,2})\s?(am|pm)\b/i, [hourBefore]],
  [/^all day(?: long)?,? |,? all day(?: long)?$/i, ['']],
  [/\b(?:at )?(?:a )?random(?: time)? between (\d{1,2}) and \d{1,2}\b/i, ['every day at $1am']],
  [/\bafter lunch\b/i, ['at 2pm', 'at 1pm']],
  [/\b(from|between) (\d{1,2}) (to|and|until|till|'?til) (\d{1,2})\b(?!\s?[:ap])/i, ['$1 $2am $3 $4pm']],
  [/\b(?:on )?every weekday,? (?:from )?monday (?:through|to) friday\b/i, ['monday to friday']],
  [/\bexcept (?:at |during the )?nights?\b/i, ['between 6am and 10pm']],
  [/\b(?:during|in|throughout) the day(?:time)?\b/i, ['between 9am and 5pm']],
  [/\b(?:at )?(?:sunset|dusk|nightfall)\b/i, ['at 6pm', 'every day at 6pm']],
  [/\b(?:at )?(?:sunrise|dawn|daybreak)\b/i, ['at 7am', 'every day at 7am']],
  [/\bafter work\b/i, ['at 5pm', 'at 6pm']],
  [/\b(?:before|at) lunch(?:time)?\b/i, ['at noon']],
  [/^every morning\b(?!.*\d)/i, ['every morning at 9', 'every morning at 7']],
  [/^every afternoon\b(?!.*\d)/i, ['every afternoon at 2']],
  [/^every evening\b(?!.*\d)/i, ['every evening at 6', 'every evening at 8']],
  [/^every night\b(?!.*\d)|^nightly\b(?!.*\d)/i, ['every night at 10']],
  [/\b(?:in |on )?(?:the )?mid(?:dle)?(?: |-)?(?:of )?(?:every|each|the) month\b/i, ['every month on the 15th']],
  [/\btwice (?:a|per|each|every) week\b/i, ['every monday and thursday at 9am', 'every monday and thursday']],
  [/\bevery month on (?:a |the )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b/i, ['first $1 of the month']],
  [
    /^(?:on )?(?:the )?(first|second|third|fourth|[1-4](?:st|nd|rd|th)) and (second|third|fourth|last|[2-4](?:nd|rd|th)) ([a-z]+)\b(?! of)/i,
    ['$1 and $2 $3 of the month'],
  ],
  [/^(?:on )?(?:the )?first (?:weekday|work(?:ing)? ?day)\b(?! of)/i, ['first working day of the month']],
  [
    /^(?:on )?(?:the )?(first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) ((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b(?! of)/i,
    ['$1 $2 of the month'],
  ],
  [
    /\bevery (?:second|2nd) ((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b/i,
    ['second $1 of the month', 'every 2 weeks on $1'],
  ],
  [
    /\bevery (third|fourth|3rd|4th) ((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b/i,
    ['$1 $2 of the month', (_, nth = '', day = '') => `every ${/3|third/i.test(nth) ? 3 : 4} weeks on ${day}`],
  ],
  [/\buntil (\d{1,2}(?::\d\d)?\s?(?:am|pm)?)$/i, ['from midnight to $1']],
  [/^(?:please )?(?:remind|wake|tell|notify|alert|ping|message) me(?: up)?(?: to \w+)?,? /i, ['']],
  [/^start (?=(?:every|each|hourly|daily|weekly|monthly)\b)/i, ['']],
  [/,? (?:please and thanks|thanks|thank you)$/i, ['']],
];

/** Returns a phrase with its refused words replaced by what they probably mean; several where they mean several things. */
export const likelyReadings = (text: string): string[] =>
  READINGS.flatMap(([pattern, readings]) =>
    pattern.test(text)
      ? readings.map((reading) =>
          typeof reading === 'string' ? text.replace(pattern, reading) : text.replace(pattern, reading),
        )
      : [],
  );
