import { ordinal } from '../naming/lists.ts';
import type { PhraseReading } from './likely-readings.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH = MONTHS.join('|');
const SHORT_MONTH = `(?:${MONTH}|${MONTHS.map((name) => name.slice(0, 3)).join('|')})`;
const TIME = String.raw`\d{1,2}(?::\d\d)?\s?(?:am|pm)?`;

export const dayAfter = (day: string): string => WEEKDAYS[(WEEKDAYS.indexOf(day.toLowerCase()) + 1) % 7] ?? day;
export const dayBefore = (day: string): string => WEEKDAYS[(WEEKDAYS.indexOf(day.toLowerCase()) + 6) % 7] ?? day;
const anyCase = (pattern: string): RegExp => new RegExp(pattern, 'i');

/**
 * What people probably mean by days that the grammar refuses, because they belong to a school, a season or a feast, or because
 * another way to write them is clear.
 */
export const DAY_READINGS: readonly PhraseReading[] = [
  [/\bschool ?days?\b/i, ['weekdays']],
  [/\bschool ?nights?\b/i, ['sunday to thursday']],
  [/\bin (?:the )?summer\b/i, ['in june, july and august', 'in december, january and february']],
  [/\bin (?:the )?winter\b/i, ['in december, january and february', 'in june, july and august']],
  [/\bin (?:the )?spring\b/i, ['in march, april and may', 'in september, october and november']],
  [/\bin (?:the )?(?:autumn|fall)\b/i, ['in september, october and november', 'in march, april and may']],
  [/\b(?:on )?christmas eve\b/i, ['every year on december 24th', 'december 24th']],
  [/\b(?:on )?christmas(?: day)?\b/i, ['every year on december 25th', 'december 25th']],
  [/\b(?:on )?new year's eve\b/i, ['every year on december 31st', 'december 31st']],
  [/\b(?:on )?new year's day\b/i, ['every year on january 1st', 'january 1st']],
  [/\b(?:on )?halloween\b/i, ['every year on october 31st', 'october 31st']],
  [/\b(?:on )?thanksgiving\b/i, ['fourth thursday of november']],
  [/\b(?:on )?black friday\b/i, ['every friday the 23rd to the 29th of november']],
  [/\b(?:from|starting|beginning)(?: from)? next week\b/i, ['from next monday']],
  [/\b(?:every |each )?leap day\b/i, ['every year on february 29th']],
  [anyCase(String.raw`\bevery (${DAY})s? fortnight\b`), ['every 2 weeks on $1']],
  [
    anyCase(String.raw`\b(?:the )?first (${DAY}) after the (\d{1,2})(?:st|nd|rd|th)\b`),
    [(_, day = '', date = '') => `every ${day} the ${ordinal(Number(date) + 1)} to the ${ordinal(Number(date) + 7)}`],
  ],
  [anyCase(String.raw`\b(?:the )?(${DAY}) before the last day of the month\b`), ['last $1 of the month']],
  [
    anyCase(String.raw`\b(?:every )?(${DAY})s? night at (?:12|midnight)(?![:\d])`),
    [(_, day = '') => `every ${dayAfter(day)} at midnight`, 'every $1 at midnight'],
  ],
  [
    anyCase(
      String.raw`^(?:on )?(${DAY})s?,? (?:at )?(${TIME}),? (?:and )?(?:the |all )?other days,? (?:at )?(${TIME})$`,
    ),
    [(_, day = '', time = '', other = '') => `${day} at ${time} and ${dayAfter(day)} to ${dayBefore(day)} at ${other}`],
  ],
  [
    anyCase(String.raw`^(?:on )?(\d{1,2}) and (\d{1,2}) (${SHORT_MONTH})\b(?! \d{4})`),
    [
      (_, first = '', second = '', month = '') =>
        `every year on the ${ordinal(Number(first))} and ${ordinal(Number(second))} of ${month}`,
    ],
  ],
  [anyCase(String.raw`^(${SHORT_MONTH}) (?:through|thru|to|till|until|-) (${SHORT_MONTH})\b`), ['from $1 to $2']],
  [
    /\b(\d{1,2})\.(\d{1,2})\.(?!\d)/,
    [(_, day = '', month = '') => `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''}`],
  ],
  [/^(\d{1,4}) (days|weeks|months) from (?:today|now)$/i, ['in $1 $2']],
  [/^(?:in )?a fortnight(?: today|'s time)?$/i, ['in 2 weeks']],
  [/^(?:at )?(\d{1,2}(?::\d\d)?\s?(?:am|pm)?(?:,| and| &) .*)$/i, ['every day at $1']],
  [/\btäglich(?: um)?\b/i, ['daily at']],
];
