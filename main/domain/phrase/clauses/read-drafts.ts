import type { ClockStyle } from '../../../contract/time-style.ts';
import type { Draft } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { readDraft } from './read-draft.ts';

/** More parts than a person says in one phrase; each split is read again. */
const MOST_PARTS = 5;
/** Separators at which a phrase is split, from the last one: each split reads the parts again. */
const MOST_SPLITS = 20;

/** Returns whether a part says by itself on which days it runs and at what times: nothing is taken from another part. */
function isWhole(draft: Draft): boolean {
  if (draft.distance !== null || draft.date !== null || draft.count !== null) return false;
  const hasDays = [draft.period, draft.weekdays, draft.nth, draft.monthDays, draft.exact].some((part) => part !== null);
  const hasTimes = [draft.times, draft.rate, draft.pastMinutes].some((part) => part !== null);
  return hasTimes && (hasDays || draft.rate !== null);
}

/** Days, or how often, are words. */
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text);

function wholePart(text: string, clock: ClockStyle): Draft | null {
  if (!hasWords(text)) return null;
  try {
    const draft = readDraft(text, clock);
    return isWhole(draft) ? draft : null;
  } catch (error) {
    if (error instanceof PhraseProblem) return null;
    throw error;
  }
}

/** Returns the parts of `text` as whole schedules, or null if it has none. The first part is as long as possible. */
function splitParts(text: string, clock: ClockStyle, left: number): Draft[] | null {
  const whole = wholePart(text, clock);
  if (whole !== null) return [whole];
  if (left <= 1) return null;
  const separators = [...text.matchAll(/\s*[,;]\s*(?:and\s+)?|\s+(?:and|plus)\s+/gi)];
  for (const match of separators.slice(-MOST_SPLITS).toReversed()) {
    const after = text.slice(match.index + match[0].length);
    if (!hasWords(after)) continue;
    const first = wholePart(text.slice(0, match.index), clock);
    const rest = first === null ? null : splitParts(after, clock, left - 1);
    if (first !== null && rest !== null) return [first, ...rest];
  }
  return null;
}

/** A zone after the last part is that of all parts. Otherwise all parts name the same one, or none. */
function assertOneZone(drafts: readonly Draft[]): void {
  const zones = drafts.map(({ zone }) => zone);
  const last = zones.at(-1) ?? null;
  if (zones.every((zone) => zone === null || zone === last)) return;
  throw new PhraseProblem('All parts of a schedule share one time zone. Name it once, at the end.', []);
}

/**
 * Reads a phrase as one schedule, or as several that each say their days and times: "weekdays at 9 and saturdays at 11".
 *
 * @throws PhraseProblem as `readDraft`, of the phrase as a whole.
 */
export function readDrafts(phrase: string, clock: ClockStyle): Draft[] {
  try {
    return [readDraft(phrase, clock)];
  } catch (problem) {
    if (!(problem instanceof PhraseProblem)) throw problem;
    const parts = splitParts(phrase, clock, MOST_PARTS);
    if (parts === null) throw problem;
    assertOneZone(parts);
    return parts;
  }
}
