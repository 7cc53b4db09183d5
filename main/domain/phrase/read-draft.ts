import type { Clause } from './clause.ts';
import { exceptClause, monthsClause, weekdaysClause } from './clause-days.ts';
import { adverbClause, countClause, everyClause } from './clause-every.ts';
import { calendarClause, dayNumberClause, edgeClause, ordinalClause } from './clause-month-days.ts';
import { dateClause, distanceClause, partTodayClause } from './clause-once.ts';
import { zoneClause } from './clause-place.ts';
import { pastClause, timesClause, windowClause } from './clause-times.ts';
import { emptyDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { PhraseProblem } from './phrase-problem.ts';
import { TokenReader } from './token-reader.ts';
import { tokenize } from './tokens.ts';

/** In the order they are tried: those that need more words to be sure come first. */
const CLAUSES: readonly Clause[] = [
  everyClause,
  countClause,
  adverbClause,
  exceptClause,
  distanceClause,
  partTodayClause,
  dateClause,
  pastClause,
  windowClause,
  timesClause,
  edgeClause,
  calendarClause,
  dayNumberClause,
  ordinalClause,
  monthsClause,
  weekdaysClause,
  zoneClause,
];

/** A clause that turns back half-way leaves no trace in the draft. */
function applied(clause: Clause, reader: TokenReader, draft: Draft): boolean {
  const changed = { ...draft };
  if (!clause(reader, changed)) return false;
  Object.assign(draft, changed);
  return true;
}

/**
 * Reads every word of a phrase into a draft.
 *
 * @throws PhraseProblem with the words that no clause took.
 */
export function readDraft(phrase: string): Draft {
  const reader = new TokenReader(tokenize(phrase));
  const draft = emptyDraft();
  const unused: string[] = [];
  while (!reader.atEnd) {
    if (CLAUSES.some((clause) => applied(clause, reader, draft))) continue;
    const token = reader.next();
    if (token !== undefined && token.text !== ',' && token.text !== ';') unused.push(token.raw);
  }
  if (unused.length > 0) {
    throw new PhraseProblem(
      `These words were not understood: ${unused.map((word) => `"${word}"`).join(', ')}.`,
      unused,
    );
  }
  return draft;
}
