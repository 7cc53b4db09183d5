import type { ClockStyle } from '../../../contract/time-style.ts';
import { countedClause, endClause, startClause } from './bounds.ts';
import type { Clause } from './clause.ts';
import { exceptClause, monthsClause, weekdaysClause } from './days.ts';
import { everyClause } from './every.ts';
import { fromEndClause, ifWeekdayClause, nearestClause, weekdayAndDateClause, workdayClause } from './exact-days.ts';
import { adverbClause, countClause } from './often.ts';
import { calendarClause, dayNumberClause, edgeClause, ordinalClause, severalDaysClause } from './month-days.ts';
import { dateClause, distanceClause, partTodayClause } from './once.ts';
import { isPlaceWord, zoneClause } from './place.ts';
import { businessHoursClause, pastClause, timesClause, windowClause } from './times.ts';
import { durationClause, halfHourClause, numericDateClause } from './two-readings.ts';
import { emptyDraft } from '../meaning/draft.ts';
import type { Draft } from '../meaning/draft.ts';
import { KNOWN_WORDS } from '../known-words.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { TokenReader } from '../token-reader.ts';
import { tokenize } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/** The clauses in the order in which they are tried: those that need more words come first. */
const CLAUSES: readonly Clause[] = [
  durationClause,
  numericDateClause,
  halfHourClause,
  workdayClause,
  fromEndClause,
  nearestClause,
  weekdayAndDateClause,
  ifWeekdayClause,
  everyClause,
  countClause,
  adverbClause,
  exceptClause,
  distanceClause,
  partTodayClause,
  dateClause,
  businessHoursClause,
  pastClause,
  windowClause,
  timesClause,
  edgeClause,
  calendarClause,
  dayNumberClause,
  severalDaysClause,
  ordinalClause,
  monthsClause,
  weekdaysClause,
  countedClause,
  startClause,
  endClause,
  zoneClause,
];

/** Runs a clause and discards its changes to the draft unless it succeeds. */
function applied(clause: Clause, reader: TokenReader, draft: Draft): boolean {
  const changed = { ...draft };
  if (!clause(reader, changed)) return false;
  Object.assign(draft, changed);
  return true;
}

/** Returns the words that no clause recognises anywhere. A plus belongs to the offset of a zone. */
function unknownWords(tokens: readonly Token[]): string[] {
  return tokens
    .filter(
      (token) =>
        (token.kind === 'other' && token.text !== '+') ||
        (token.kind === 'word' && !KNOWN_WORDS.has(token.text) && !isPlaceWord(token.text)),
    )
    .map((token) => token.raw);
}

/** The most words that a message lists; `unused` has them all. */
const MOST_LISTED = 8;

function notUnderstood(words: readonly string[]): PhraseProblem {
  const different = [...new Set(words)];
  const quoted = different.slice(0, MOST_LISTED).map((word) => `"${word}"`);
  const left = different.length - quoted.length;
  const listed = left === 0 ? quoted.join(', ') : `${quoted.join(', ')} and ${left} more`;
  return new PhraseProblem(
    `${different.length === 1 ? 'This word was' : 'These words were'} not understood: ${listed}.`,
    words,
    [],
    { isUnknown: true },
  );
}

function readClauses(tokens: readonly Token[], clock: ClockStyle): { draft: Draft; unused: string[] } {
  const reader = new TokenReader(tokens);
  const draft = emptyDraft(clock);
  const unused: string[] = [];
  while (!reader.atEnd) {
    if (CLAUSES.some((clause) => applied(clause, reader, draft))) continue;
    const token = reader.next();
    if (token !== undefined && token.text !== ',' && token.text !== ';') unused.push(token.raw);
  }
  return { draft, unused };
}

/**
 * Reads every word of a phrase into a draft.
 *
 * @throws PhraseProblem with the words that no clause took. Lists only unknown words if there are any, because they are
 * why the words beside them made no sense.
 */
export function readDraft(phrase: string, clock: ClockStyle): Draft {
  const tokens = tokenize(phrase);
  try {
    const { draft, unused } = readClauses(tokens, clock);
    if (unused.length === 0) return draft;
    const unknown = unknownWords(tokens);
    const odd = unused.filter((word) => !KNOWN_WORDS.has(word.toLowerCase()));
    throw notUnderstood([unknown, odd, unused].find((words) => words.length > 0) ?? unused);
  } catch (error) {
    if (!(error instanceof PhraseProblem) || error.isUnknown) throw error;
    const unknown = unknownWords(tokens);
    throw unknown.length > 0 ? notUnderstood(unknown) : error;
  }
}
