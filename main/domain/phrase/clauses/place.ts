import { canonicalTimeZone, knownTimeZones, placeOf } from '../../timing/time-zone.ts';
import { setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { assertNoOffset, readOffset, spellingsOf, takeOffset } from './zone-offset.ts';

/** Cities that people name but the IANA database does not, with their zone. */
const MORE_PLACES: Readonly<Record<string, string>> = {
  'abu dhabi': 'Asia/Dubai',
  atlanta: 'America/New_York',
  austin: 'America/Chicago',
  bangalore: 'Asia/Kolkata',
  barcelona: 'Europe/Madrid',
  beijing: 'Asia/Shanghai',
  boston: 'America/New_York',
  chennai: 'Asia/Kolkata',
  cologne: 'Europe/Berlin',
  dallas: 'America/Chicago',
  delhi: 'Asia/Kolkata',
  edinburgh: 'Europe/London',
  frankfurt: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  hamburg: 'Europe/Berlin',
  hanoi: 'Asia/Ho_Chi_Minh',
  houston: 'America/Chicago',
  hyderabad: 'Asia/Kolkata',
  'las vegas': 'America/Los_Angeles',
  'lord howe island': 'Australia/Lord_Howe',
  manchester: 'Europe/London',
  miami: 'America/New_York',
  milan: 'Europe/Rome',
  montreal: 'America/Toronto',
  mumbai: 'Asia/Kolkata',
  munich: 'Europe/Berlin',
  'new delhi': 'Asia/Kolkata',
  osaka: 'Asia/Tokyo',
  ottawa: 'America/Toronto',
  philadelphia: 'America/New_York',
  portland: 'America/Los_Angeles',
  'rio de janeiro': 'America/Sao_Paulo',
  'san diego': 'America/Los_Angeles',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'tel aviv': 'Asia/Jerusalem',
  'the uk': 'Europe/London',
  wellington: 'Pacific/Auckland',
  pune: 'Asia/Kolkata',
  uk: 'Europe/London',
  england: 'Europe/London',
  scotland: 'Europe/London',
  wales: 'Europe/London',
  ireland: 'Europe/Dublin',
  spain: 'Europe/Madrid',
  italy: 'Europe/Rome',
  netherlands: 'Europe/Amsterdam',
  'the netherlands': 'Europe/Amsterdam',
  belgium: 'Europe/Brussels',
  switzerland: 'Europe/Zurich',
  austria: 'Europe/Vienna',
  poland: 'Europe/Warsaw',
  sweden: 'Europe/Stockholm',
  norway: 'Europe/Oslo',
  denmark: 'Europe/Copenhagen',
  finland: 'Europe/Helsinki',
  greece: 'Europe/Athens',
  turkey: 'Europe/Istanbul',
  israel: 'Asia/Jerusalem',
  china: 'Asia/Shanghai',
  korea: 'Asia/Seoul',
  'south korea': 'Asia/Seoul',
  taiwan: 'Asia/Taipei',
  thailand: 'Asia/Bangkok',
  vietnam: 'Asia/Ho_Chi_Minh',
  pakistan: 'Asia/Karachi',
  'south africa': 'Africa/Johannesburg',
  nigeria: 'Africa/Lagos',
  kenya: 'Africa/Nairobi',
  egypt: 'Africa/Cairo',
  argentina: 'America/Argentina/Buenos_Aires',
  japan: 'Asia/Tokyo',
  india: 'Asia/Kolkata',
  germany: 'Europe/Berlin',
  france: 'Europe/Paris',
  singapore: 'Asia/Singapore',
};

/** Places whose names are everyday words. */
const NOT_PLACES: ReadonlySet<string> = new Set(['easter', 'wake', 'midway', 'center', 'casey', 'troll', 'knox']);

const UTC_WORDS: ReadonlySet<string> = new Set(['utc', 'gmt', 'zulu', 'z']);

/** Zones that are named by where they are in North America: "Eastern time". */
const TIME_NAMES: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
};

/** Abbreviations that are IANA zones with summer time, and how many hours ahead of UTC they are in winter. */
const RULE_ZONES: Readonly<Record<string, number>> = { cet: 1, eet: 2, wet: 0, met: 1 };

/** Abbreviations that name an offset, which summer time makes wrong, or more than one zone; the most probable first. */
const UNCLEAR: Readonly<Record<string, readonly string[]>> = {
  est: ['in New York'],
  edt: ['in New York'],
  et: ['in New York'],
  cst: ['in Chicago', 'in Shanghai'],
  cdt: ['in Chicago'],
  ct: ['in Chicago'],
  mst: ['in Denver'],
  mdt: ['in Denver'],
  pst: ['in Los Angeles'],
  pdt: ['in Los Angeles'],
  pt: ['in Los Angeles'],
  bst: ['in London'],
  cest: ['in Berlin'],
  ist: ['in Kolkata', 'in Dublin', 'in Jerusalem'],
  jst: ['in Tokyo'],
  aest: ['in Sydney'],
  aedt: ['in Sydney'],
  awst: ['in Perth'],
  nzst: ['in Auckland'],
  nzdt: ['in Auckland'],
  mez: ['in Berlin'],
  mesz: ['in Berlin'],
};

const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

let placeTable: ReadonlyMap<string, string> | undefined;

/** Returns the zones by place. Computed once, on first use: listing the names takes ms, and they do not change. */
function places(): ReadonlyMap<string, string> {
  placeTable ??= new Map([
    ...knownTimeZones().map((zone): [string, string] => [placeOf(zone), zone]),
    ...Object.entries(MORE_PLACES),
  ]);
  return placeTable;
}

let placeWordTable: ReadonlySet<string> | undefined;

function placeWords(): ReadonlySet<string> {
  placeWordTable ??= new Set([...places().keys()].flatMap((place) => place.split(' ')));
  return placeWordTable;
}

const zoneOfPlace = (place: string): string | undefined => (NOT_PLACES.has(place) ? undefined : places().get(place));

/** Returns whether a word is part of a place's name or a zone's abbreviation. */
export function isPlaceWord(word: string): boolean {
  const plain = withoutAccents(word);
  return (
    UTC_WORDS.has(plain) ||
    Object.hasOwn(TIME_NAMES, plain) ||
    Object.hasOwn(UNCLEAR, plain) ||
    Object.hasOwn(RULE_ZONES, plain) ||
    placeWords().has(plain)
  );
}

const LONGEST_PLACE = 3;

/** Reads the longest run of words that names a place. */
function readPlace(reader: TokenReader): string | undefined {
  for (let length = LONGEST_PLACE; length >= 1; length -= 1) {
    const words = Array.from({ length }, (_, index) => reader.peek(index));
    if (!words.every((token) => token?.kind === 'word')) continue;
    const zone = zoneOfPlace(
      withoutAccents(
        words
          .map((token) => token?.text ?? '')
          .join(' ')
          .replaceAll('_', ' '),
      ),
    );
    if (zone === undefined) continue;
    reader.position += length;
    return zone;
  }
  return undefined;
}

function assertNotUnclear(reader: TokenReader): void {
  const [word, start] = [reader.text(), reader.position];
  if (!Object.hasOwn(UNCLEAR, word)) return;
  const raw = reader.peek()?.raw ?? word;
  const readings = UNCLEAR[word] ?? [];
  reader.position += 1;
  takeOffset(reader);
  const said = [...spellingsOf(reader.rawSince(start)), raw];
  throw new PhraseProblem(
    `"${raw}" is ambiguous: it ignores daylight saving time or stands for several time zones. Name a place instead, for example "${readings[0] ?? ''}".`,
    [raw],
    [],
    { repairs: readings.flatMap((place) => said.map((each) => [each, place] as const)) },
  );
}

function readZone(reader: TokenReader, isIn: boolean): string | undefined {
  const token = reader.peek();
  if (token?.kind === 'zone') {
    reader.position += 1;
    return token.zone;
  }
  if (token?.kind !== 'word') return undefined;
  if (UTC_WORDS.has(token.text)) {
    reader.position += 1;
    return readOffset(reader) ?? 'UTC';
  }
  if (Object.hasOwn(TIME_NAMES, token.text) && reader.text(1) === 'time') {
    reader.position += 1;
    return TIME_NAMES[token.text];
  }
  assertNotUnclear(reader);
  const start = reader.position;
  if (Object.hasOwn(RULE_ZONES, token.text)) {
    reader.position += 1;
    assertNoOffset(reader, start, RULE_ZONES[token.text]);
    return canonicalTimeZone(token.text.toUpperCase()) ?? undefined;
  }
  const zone = readPlace(reader);
  if (zone === undefined || !(isIn || reader.text() === 'time')) return undefined;
  assertNoOffset(reader, start);
  return zone;
}

/** Reads "in Tokyo", "New York time", "UTC", "(Europe/London)". */
export const zoneClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    // The zone of the schedule, which is the machine's unless another was chosen.
    if (reader.takeAll('local', 'time') || reader.takeAll('my', 'time')) return true;
    const isBracketed = reader.take('(');
    const isIn = reader.take('in');
    const zone = readZone(reader, isIn || isBracketed);
    if (zone === undefined) return false;
    reader.take('time');
    reader.takeAll('time', 'zone');
    if (isBracketed && !reader.take(')')) return false;
    return setOnce(draft, 'zone', zone, reader, start);
  });
