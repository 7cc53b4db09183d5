import type { EventName } from '../../contract/events.ts';
import { knownEvents } from '../timing/events.ts';

const machine = '(?:the |my |this )?(?:computer|machine|system|pc|laptop|mac|server|device)';
const on = '(?:at|on|after|upon|every|each|with)(?: every| each)? (?:the |my |a )?';
const when = '(?:when|whenever|once|as soon as|every time|each time) ';
const person = '(?:i|we|you|the user) ';

/** How people say each event. */
const spellings: readonly (readonly [EventName, RegExp])[] = [
  [
    'startup',
    new RegExp(
      `^(?:@reboot|${on}(?:system |computer |machine )?(?:start(?:[- ]?up)?|boot(?:[- ]?up)?|reboot|restart)|${when}${machine} (?:starts|boots|reboots|restarts|has started|is started)(?: up)?)$`,
    ),
  ],
  [
    'login',
    new RegExp(
      `^(?:${on}(?:log[- ]?[io]n|sign[- ]?in|user login|session start)|${when}${person}(?:log|sign)s? [io]n)$`,
    ),
  ],
  [
    'unlock',
    new RegExp(
      `^(?:${on}(?:screen |session |computer )?unlock(?:ing)?|${when}(?:${person}unlocks? (?:${machine}|(?:the |my )?(?:screen|session))|(?:${machine}|(?:the |my )?(?:screen|session)) is unlocked))$`,
    ),
  ],
  [
    'wake',
    new RegExp(
      `^(?:(?:${on}(?:wake(?:[- ]?up)?|waking(?: up)?|resume)|after (?:sleep|suspend)|${when}${machine} (?:wakes|resumes|has woken)(?: up)?)(?: from (?:sleep|suspend|hibernation))?)$`,
    ),
  ],
];

/**
 * Returns the events that a phrase names: `at login`, `when I log in`, `@reboot`, `at startup or on wake`. Null if it is
 * anything else, also if it says more than events.
 */
export function readEvents(text: string): readonly EventName[] | null {
  const normal = text.trim().toLowerCase().replace(/[.!]$/, '').replace(/\s+/g, ' ');
  const parts = normal.replace(/^(?:runs? )?(?:only )?/, '').split(/, (?:and |or )?| and | or /);
  const found = parts.map((part) => spellings.find(([, form]) => form.test(part))?.[0] ?? '');
  return knownEvents(found);
}

const mention =
  /\b(?:startup|start-up|boot(?:s|ed)?|reboot(?:s|ed)?|log(?:s|ged)?[- ]?in|logon|login|sign(?:s|ed)?[- ]in|unlock(?:s|ed)?|wakes?(?! me\b)|wake-?up|resumes?)\b/i;

/** Returns whether a phrase that is not understood has to do with an event. */
export const mentionsEvent = (text: string): boolean => mention.test(text);
