/** `every 5 minutes`, `each half hour`, `every 1.5 h`, `on the hour`, `hourly`. */
const RATE =
  /\b(?:(?:every|each) (?:(?!\w*days?\b)[a-z]+[ -]){0,2}(?:\d+(?:\.\d+)?[ -]?)?(?:minutes?|mins?|m|hours?|hrs?|h)(?![a-z])|(?:once an|on the|past the) hour\b|hourly\b|minutely\b)/;

/** Returns the pattern of `24/7` where it means "at all times": before or after a rate, and not where a date is expected. */
function alwaysBeside({ source: rate }: RegExp): RegExp {
  const notDate =
    /(?<![\d/.-]|\b(?:on|until|till?|to|through|thru|from|since|starting|beginning|ending|ends|before|after|by|and|except)(?: the)? )/;
  const always = `${notDate.source}\\b24/7\\b(?![/.]\\d|\\s?(?:-|to|through|thru)\\s?\\d)`;
  return new RegExp(`${always}(?=.*${rate})|(?<=${rate}.*)${always}`, 'gi');
}

/**
 * Other ways to write what the clauses read, in the order in which they are applied. None changes what is said; what has
 * two readings is not here.
 */
const SPELLINGS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/[\u2018\u2019]/g, "'"],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\b([ap])\.\s?m\.?(?![a-z])/gi, '$1m'],
  [/\bo(?:'| )clock\b/gi, 'oclock'],
  // "UTC + 2" is an offset.
  [/\b(utc|gmt) ?([+-]) (?=\d)/gi, '$1$2'],
  [/(?<=\s)[&+](?=\s)/g, 'and'],
  [/(?<=\s)@/g, 'at '],
  [/\bevery(day|hour|minute|week|month|year)\b/gi, 'every $1'],
  // A full stop after an abbreviated day or month: "Mon. and Wed."
  [/\b(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?=[\s,]|$)/gi, '$1'],
  [/\b(?:(?:every|each) fortnight|once (?:a|every) fortnight|fortnightly)\b/gi, 'every 2 weeks'],
  [/\b(bi|semi)-(weekly|monthly|annually)\b/gi, '$1$2'],
  [/\b(?:(?:on|every|each) )?alternate (?=[a-z]+days?\b)/gi, 'every other '],
  [/\bevery 7 days on (?=[a-z]+day)/gi, 'every week on '],
  [/\bevery 14 days on (?=[a-z]+day)/gi, 'every 2 weeks on '],
  [/\bevery 21 days on (?=[a-z]+day)/gi, 'every 3 weeks on '],
  [/\bevery 28 days on (?=[a-z]+day)/gi, 'every 4 weeks on '],
  [/\bthis coming (?=[a-z]+day\b)/gi, 'this '],
  [/\bon an? (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)/gi, 'on '],
  [/(?<!\d )\b(?:the )?day before the last day of\b/gi, 'second to last day of'],
  [/(?<=\s)'?til(?=\s)/gi, 'till'],
  [/\bm-f\b/gi, 'monday to friday'],
  [/\bmo-fr\b/gi, 'monday to friday'],
  [/\bm\/?w\/?f\b/gi, 'monday, wednesday, friday'],
  // Without a rate, or as the end of a period, it is a date.
  [alwaysBeside(RATE), 'daily'],
  [/\bt(?:u|ue)?\/?th\b/gi, 'tuesday, thursday'],
  [/\bevery even hour\b/gi, 'every 2 hours'],
  [/\bevery odd hour\b/gi, 'every 2 hours from 1am to 11pm'],
  [/\bevery (?:an |one |1 )?hour and a half\b/gi, 'every 90 minutes'],
  [/\b(?:every |each )?week-?nights?\b/gi, 'every weekday night'],
  [/\b(\d) minutes? past midnight\b/gi, '0:0$1'],
  [/\b(\d\d) minutes? past midnight\b/gi, '0:$1'],
  [/\b(\d) minutes? past (?:noon|midday)\b/gi, '12:0$1'],
  [/\b(\d\d) minutes? past (?:noon|midday)\b/gi, '12:$1'],
  // ISO 8601 allows seconds; schedules run on full minutes, so only zero seconds are read.
  [/\b(\d{1,2}:\d\d):00\b/g, '$1'],
  [/\b(\d{1,2})h(\d\d)\b/gi, '$1:$2'],
  [/(?<=\bat )(\d{1,2})h\b(?!\w)/gi, '$1:00'],
  [/\b(\d{1,2}):(\d\d)\s?(?:h|hrs|uhr)\b/gi, '$1:$2'],
  [/\b(\d{1,2})\.(\d\d)\s?uhr\b/gi, '$1:$2'],
  // A duration stays one: "every 1.25 hrs", "1.25 hrs from now".
  [/(?<!\b(?:every|each|in|after) )\b(\d{1,2})\.(\d\d)\s?(?:h|hrs)\b(?! (?:later|from now)\b)/gi, '$1:$2'],
  // A comma between a date and its time: "Thu 3 Dec, 14:00".
  [
    /\b(\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*),(?= (?:at )?\d{1,2}(?::\d\d|\s?[ap]m))/gi,
    '$1',
  ],
  [/\b(\d{1,2}) uhr\b/gi, '$1:00'],
  // With full stops, the day comes first everywhere; with slashes, it depends on the country.
  [/\b(20\d\d)\/(\d\d)\/(\d\d)\b/g, '$1-$2-$3'],
  [/\b(\d)\.(\d{1,2})\.(\d{4})\b/g, '0$1.$2.$3'],
  [/\b(\d\d)\.(\d)\.(\d{4})\b/g, '$1.0$2.$3'],
  [/\b(\d\d)\.(\d\d)\.(\d{4})\b/g, '$3-$2-$1'],
  [/[.!]+\s*$/, ''],
];

/** Returns a phrase in the spelling that the clauses read. */
export const respelt = (text: string): string =>
  SPELLINGS.reduce((phrase, [pattern, by]) => phrase.replace(pattern, by), text.normalize('NFKC'));
