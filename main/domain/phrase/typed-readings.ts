import { dayAfter, dayBefore } from './likely-days.ts';
import type { PhraseReading } from './likely-readings.ts';

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const TIME = String.raw`\d{1,2}(?::\d\d)?\s?(?:am|pm)?`;
const RATE = String.raw`(?:every (?:half |quarter )?(?:\d+ )?(?:hours?|hrs?|minutes?|mins?)|hourly)`;
const anyCase = (pattern: string): RegExp => new RegExp(pattern, 'i');

const QUARTERS = ['january, february and march', 'april, may and june', 'july, august and september'];
const quarter = (_: string, nth = ''): string => `in ${QUARTERS[Number(nth) - 1] ?? 'october, november and december'}`;

const PLACES: Readonly<Record<string, string>> = {
  ...{ indian: 'Kolkata', german: 'Berlin', british: 'London', french: 'Paris', spanish: 'Madrid', italian: 'Rome' },
  ...{ japanese: 'Tokyo', chinese: 'Shanghai', singapore: 'Singapore', dubai: 'Dubai', korean: 'Seoul' },
};
const place = (_: string, people = ''): string => `in ${PLACES[people.toLowerCase()] ?? people}`;

const BEFORE: Readonly<Record<string, number>> = { five: 5, ten: 10, fifteen: 15, twenty: 20, 'a quarter': 15 };

function minutesBefore(_: string, count = '', what = ''): string {
  const minute = 60 - (BEFORE[count.toLowerCase()] ?? Number(count));
  return `at ${/midnight/i.test(what) ? 23 : 11}:${String(minute).padStart(2, '0')}`;
}

/** What people mean who type as they speak in the United States, India or Germany. */
export const TYPED_READINGS: readonly PhraseReading[] = [
  [/\bnad\b/i, ['and']],
  [/\b(eastern|central|mountain|pacific)\b(?! (?:time|standard|daylight))/i, ['$1 time']],
  [anyCase(`\\b(${Object.keys(PLACES).join('|')}) (?:standard )?time\\b`), [place]],
  [/\b(daily|weekly|monthly|yearly) (?:once|twice|thrice|\d times)\b/i, ['$1']],
  [/\bonce (?:in|every) (a|an|one|two|three|four|five|six|\d+) (day|week|month|hour)s?\b/i, [onceIn]],
  [anyCase(`\\b(${DAY}s?|weekdays|weekends) only\\b`), ['$1']],
  [anyCase(`\\bonly (?:on )?(${DAY}s?|weekdays|weekends)\\b`), ['on $1']],
  [/\bat (\d{1,2}(?::\d\d)?\s?[ap]m|\d{1,2}:\d\d) local\b(?! time)/i, ['at $1 local time']],
  [/^(\d{1,2}(?::\d\d)?\s?[ap]m|\d{1,2}:\d\d) local\b(?! time)/i, ['$1 local time']],
  [
    anyCase(`^(${DAY}) (\\d{1,2}) in the (morning|afternoon|evening)$`),
    ['this $1 at $2 in the $3', '$1 at $2 in the $3'],
  ],
  [/\b(twice|two times|three times|thrice|four times|\d times) (a|per) day: (?:at )?(?=\d)/i, ['$1 $2 day at ']],
  [/(?<=\d|[ap]m) ?\+0?(\d{1,2})(?::?00)?(?=\s|$)/i, [' UTC+$1']],
  [/^(?:no|not on) weekends?,? (?:at )?/i, ['weekdays at ']],
  [
    anyCase(String.raw`^(?=.*\b${RATE})(.*?)(?<!(?:at|between|from) )\b(\d{1,2}) to ([1-9]|1[0-2])\b(?!\s?[:ap]|:)`),
    ['$1from $2am to $3pm'],
  ],
  [/\bin (morning|afternoon|evening)\b/i, ['in the $1']],
  [/\b(?:in|at) (?:the )?night\b|\bduring (?:the )?night\b|\bovernight\b/i, ['from 10pm to 6am']],
  [
    /\b(?:on |at )?(?:the )?(?:end of (?:every|each|the) month|(?:every|each|the) month[- ]end|month[- ]end)\b/i,
    ['last day of the month'],
  ],
  [/\blast date of (?:every|each|the) month\b/i, ['last day of the month']],
  [/\b(?:in (?:the )?next|within(?: the next)?) (\d+|an?|one) (minute|min|hour|hr|day)(s?)\b/i, ['in $1 $2$3']],
  [/\b(?:in )?a week (?:from )?today\b|\bin a week\b/i, ['in 7 days']],
  [/\ba week (?:from )?tomorrow\b/i, ['in 8 days']],
  [/\b(?:in )?(two|three|four|\d) weeks (?:from )?today\b/i, ['in $1 weeks']],
  [/\bin a fortnight\b/i, ['in 14 days']],
  [/\b(?:in|during|of) q([1-4])\b/i, [quarter]],
  [
    /\b(five|ten|fifteen|twenty|a quarter|\d{1,2}) (?:minutes |mins? )?(?:before|to) (midnight|noon|midday)\b/i,
    [minutesBefore],
  ],
  [
    anyCase(
      `^(every ${DAY}|weekdays) and (?:on )?(the \\d{1,2}(?:st|nd|rd|th) of (?:the|every|each) month),? (at .+)$`,
    ),
    ['$1 $3 and on $2 $3'],
  ],
  [/\b(\d{1,2}) ((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*) '?(2\d)\b(?!:|\s?[ap]m)/i, ['$1 $2 20$3']],
  [/\b(20\d\d)(0[1-9]|1[0-2])([0-3]\d)\b/, ['$1-$2-$3']],
  [/^all (?=\d+ (?:min|hour|day|week))/i, ['every ']],
  [/^P(\d+)([DWM])$/, [period]],
  [
    anyCase(`^(?:every day|daily) at (${TIME}),? (?:but|except) (?:on )?(${DAY})s? at (${TIME})$`),
    [
      (_, others = '', day = '', time = '') =>
        `${day} at ${time} and ${dayAfter(day)} to ${dayBefore(day)} at ${others}`,
    ],
  ],
];

function onceIn(_: string, count = '', unit = ''): string {
  return /^(?:a|an|one|1)$/i.test(count) ? `every ${unit}` : `every ${count} ${unit}s`;
}

function period(_: string, count = '', letter = ''): string {
  const unit = { D: 'day', W: 'week', M: 'month' }[letter] ?? 'day';
  return count === '1' ? `every ${unit}` : `every ${count} ${unit}s`;
}
