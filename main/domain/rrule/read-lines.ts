import { rruleProblem } from './rrule-problem.ts';

/** One line of an event: `DTSTART;TZID=Europe/Berlin:20261201T090000`. */
interface Line {
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** What an event says about its times (RFC 5545, section 3.8). */
export interface RuleLines {
  readonly start: Line | null;
  /** The parts of the rule in upper case: `FREQ` is `WEEKLY`. Null for an event that does not repeat. */
  readonly rule: ReadonlyMap<string, string> | null;
  readonly except: readonly Line[];
}

const NAMES = ['DTSTART', 'RRULE', 'EXDATE', 'RDATE', 'EXRULE', 'RECURRENCE-ID'];
/** A value of a parameter may have spaces: `TZID=W. Europe Standard Time`. */
const PARAMETERS = String.raw`(?:;[^:;=\s]+=(?:"[^"\n]*"|[^:;"\n]*))*`;
const LINE = new RegExp(String.raw`(?:^|[\s])(${NAMES.join('|')})(${PARAMETERS}):(\S+)`, 'gi');

/** Returns whether a text is a rule or an event of a calendar, and not a phrase. */
export const looksLikeRrule = (text: string): boolean =>
  /^(?:BEGIN:|(?:RRULE|DTSTART|EXDATE)[;:]|FREQ=)/i.test(text.trim());

/** Properties of an event at which a line that lost its breaks is divided again. */
const OTHERS = [
  'BEGIN',
  'END',
  'DTEND',
  'DTSTAMP',
  'DURATION',
  'SUMMARY',
  'UID',
  'SEQUENCE',
  'STATUS',
  'LOCATION',
  'DESCRIPTION',
];
const BREAKS = new RegExp(String.raw`(?<=[\dA-Z])(?=(?:${[...NAMES, ...OTHERS].join('|')})(?:;[A-Z]+=|:))`, 'g');

/** Undoes the folding of long lines (RFC 5545, section 3.1). A field of one line drops breaks, and glues lines together. */
function unfolded(text: string): string {
  if (/\n/.test(text)) return text.replace(/\r?\n[ \t]/g, '');
  return text.replaceAll(String.raw`\n`, '\n').replace(BREAKS, '\n');
}

function pairs(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of text.split(';').filter((each) => each !== '')) {
    const [name = '', value = ''] = part.split('=');
    const key = name.toUpperCase();
    if (value === '' || found.has(key))
      throw rruleProblem(part, 'is not a part of a rule, or is there twice. Write NAME=VALUE.');
    found.set(key, value);
  }
  return found;
}

/** The part of the text that is the event: a calendar also has zones, whose rules are no schedule. */
function eventOf(text: string): string {
  const events = [...text.matchAll(/BEGIN:VEVENT([\s\S]*?)END:VEVENT/gi)];
  if (events.length > 1)
    throw rruleProblem('BEGIN:VEVENT', `begins ${events.length} events. Paste one of them; each becomes a schedule.`);
  return events[0]?.[1] ?? text;
}

/**
 * Reads `RRULE:…` with `DTSTART` and `EXDATE`, the parts of a rule alone (`FREQ=…`), or an event (`BEGIN:VEVENT`).
 *
 * @throws SchedulerError `schedule/rrule-not-supported`.
 */
export function readRuleLines(text: string): RuleLines {
  const whole = unfolded(eventOf(text)).trim();
  const lines = /^FREQ=/i.test(whole) ? `RRULE:${whole}` : whole;
  const found = [...lines.matchAll(LINE)].map(([, name = '', parameters = '', value = '']) => ({
    name: name.toUpperCase(),
    parameters: pairs(parameters),
    value,
  }));
  const named = (name: string): Line[] => found.filter((line) => line.name === name);
  const [rule, second] = named('RRULE');
  if (second !== undefined)
    throw rruleProblem('RRULE', 'is there twice. A schedule has one rule; use one task for each.');
  for (const name of ['RDATE', 'EXRULE', 'RECURRENCE-ID'])
    if (named(name).length > 0)
      throw rruleProblem(name, 'cannot be part of a schedule. Use one task for each rule or date.');
  const [start = null] = named('DTSTART');
  if (rule === undefined && start === null)
    throw rruleProblem('RRULE', 'is missing: the text has no rule and no DTSTART.');
  return { start, rule: rule === undefined ? null : pairs(rule.value.toUpperCase()), except: named('EXDATE') };
}
