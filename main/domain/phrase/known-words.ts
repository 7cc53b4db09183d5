import { MONTH_WORDS, NUMBER_WORDS, ORDINAL_WORDS, UNIT_WORDS, WEEKDAY_WORDS } from './vocabulary.ts';

/** The words that the clauses use directly. */
const CLAUSE_WORDS =
  'a after afternoon afternoons all alternate am an and annually any apart at bar before beginning between biannually ' +
  'bimonthly biweekly business but closest coming daily during each end evening evenings even every except excepting excluding ' +
  'counted ending since starting for fortnight fortnightly from half hourly in later local midday midnight minutely month monthly morning mornings ' +
  'nearest next night nightly nights noon not now oclock odd of office on once only other past penultimate per pm quarter quarterly semiannually ' +
  'semimonthly single start than the this thrice through thru till time times to today tomorrow tonight top twice ' +
  'until week weekday weekdays weekend weekends weekly within work workday workdays working yearly yesterday zone';

/** Every word that a clause recognises. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...CLAUSE_WORDS.split(' '),
  ...UNIT_WORDS,
  ...[WEEKDAY_WORDS, MONTH_WORDS, NUMBER_WORDS, ORDINAL_WORDS].flatMap((table) => Object.keys(table)),
]);
