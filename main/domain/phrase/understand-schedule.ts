import type { ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { neutralClock } from '../naming/clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronExpression } from '../cron/cron-sets.ts';
import { readDialect } from '../cron/dialects.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import { combinedSpec } from '../timing/combined-spec.ts';
import { intervalSpec } from '../timing/interval-spec.ts';
import type { Phase } from '../timing/phase.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import { looksLikeRrule } from '../rrule/read-lines.ts';
import { readRrule } from '../rrule/read-rrule.ts';
import { writeRrule } from '../rrule/write-rrule.ts';
import { readExactText } from '../timing/exact-text.ts';
import type { ExactText } from '../timing/exact-text.ts';
import { scheduleWarnings, sentence } from '../naming/sentence.ts';
import { typedStepWarnings } from '../naming/step-warnings.ts';
import { nextSlots } from '../timing/slots.ts';
import { assertTimeZone, canonicalTimeZone } from '../timing/time-zone.ts';
import { looksLikeInstant, readInstant } from './instant.ts';
import { noBounds } from './meaning/bounds.ts';
import type { Bounds } from './meaning/bounds.ts';
import { mentionsEvent, readEvents } from './events.ts';
import { saysOnDemand } from './on-demand.ts';
import { readPhrase } from './read-phrase.ts';
import type { Reading } from './read-phrase.ts';

export interface PhraseContext {
  /** The current time, used for "in 5 minutes" and "tomorrow", in epoch ms. */
  readonly nowMs: number;
  /** The requested zone; a zone named in the phrase overrides it. */
  readonly timezone?: string | undefined;
  /** The zone used if neither the phrase nor `timezone` names one. */
  readonly machineTimezone: string;
  /** The end date of the task, in epoch ms. Warnings are about times until then. @default none */
  readonly endMs?: number | undefined;
  /** How the answer writes times. @default `neutralClock` */
  readonly clock?: ClockStyle;
}

export interface Understood {
  readonly spec: ScheduleSpec;
  readonly answer: ScheduleAnswer;
}

const NEXT_RUNS = 5;
const LONGEST = 1000;
/** An event of a calendar may have a long description. */
const LONGEST_EVENT = 100_000;

/**
 * Returns whether a text is cron: macros begin with @, a zone with its variable, and the first field has no letters but
 * Jenkins's `H`. No phrase has a field that is only a wildcard, or begins with three fields of digits.
 */
const looksLikeCron = (text: string): boolean =>
  /^(@|(CRON_)?TZ=)/.test(text) ||
  /^(?:[\d,*/?~-]+|h(?:[/(]\S*)?)(?=\s).*\s[*?](\s|$|[/,])/is.test(text) ||
  /^[*?](\s|$|[/,])/.test(text) ||
  /^[\d,*/?-]+\s+[\d,*/?-]+\s+[\dlwd,*/?-]+\s/i.test(text);

/** Removes what surrounds a schedule in YAML, code, AWS or a crontab: `- cron: '0 9 * * *' # daily`, `cron(0 9 * * ? *)`. */
function unwrapped(text: string): string {
  const value = text
    .replace(/^(?:-\s+)?(?:cron|schedule)\s*:\s*/i, '')
    .replace(/\s+#\s.*$/s, '')
    .trim();
  const quoted = /^(['"`])(.*)\1[,;]?$/s.exec(value);
  const bare = (quoted?.[2] ?? value).trim();
  return bare.replace(/^cron\((.*)\)$/is, '$1').replace(/^rate\((.*)\)$/is, 'every $1');
}

/** Reads five fields, or more in a dialect that can be translated exactly. */
function readCron(expression: string): { cron: CronExpression; warnings: readonly string[] } {
  const fields = expression.trim().toLowerCase().split(/\s+/);
  const read = fields.length === 6 || fields.length === 7 ? readDialect(fields) : null;
  const notes = read === null || 'problem' in read ? [] : [read.note];
  const five = read === null || 'problem' in read ? expression : read.expression;
  const cron = parseCron(five);
  return { cron, warnings: [...notes, ...typedStepWarnings(five, cron.sets)] };
}

/** Separates a zone written as in crontabs: `CRON_TZ=Asia/Tokyo 0 9 * * *`, or after the fields. */
function splitZone(text: string): { expression: string; timezone: string | null } {
  const assigned = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/s.exec(text);
  if (assigned !== null) return { expression: assigned[2] ?? '', timezone: assertTimeZone(assigned[1] ?? '') };
  const last = /^(.*\S)\s+([a-z]+\/[a-z_/+-]+|utc)$/is.exec(text);
  const timezone = last === null ? null : canonicalTimeZone(last[2] ?? '');
  return timezone === null ? { expression: text, timezone } : { expression: last?.[1] ?? text, timezone };
}

/** Reads several lines, or every nth period of them. All lines have one zone. */
function readLines(lines: readonly string[], phase: Phase | null, zone: string): Reading {
  const read = lines.map((line) => splitZone(line));
  const zones = [...new Set(read.flatMap(({ timezone }) => timezone ?? []))];
  const crons = read.map(({ expression }) => readCron(expression));
  if (zones.length > 1) {
    throw new SchedulerError(
      'schedule/several-zones',
      `The lines of a schedule share one time zone; these have ${zones.join(' and ')}. Use one task for each.`,
      { field: 'schedule', zones },
    );
  }
  const all = crons.map(({ cron }) => cron);
  const warnings = crons.flatMap((each) => each.warnings);
  return { spec: combinedSpec(all, phase, zones[0] ?? zone), warnings: all.length === 1 ? warnings : [] };
}

function readExact(text: ExactText, zone: string, nowMs: number, clock: ClockStyle): Reading {
  if (text.kind === 'lines') return readLines(text.lines, text.phase, zone);
  const from = text.from === null ? null : readInstant(text.from, zone, clock);
  return { spec: intervalSpec(text.minutes, from?.atMs ?? nowMs, zone), warnings: from?.warnings ?? [] };
}

/** Longest part of a text that a message repeats, in characters. */
const LONGEST_QUOTED = 60;

/** Reads a phrase. One that names an event and something else gets a reason of its own. */
function readWords(text: string, zone: string, nowMs: number, clock: ClockStyle): Reading {
  try {
    return readPhrase(text.replace(/(?<=[^?\s])\s*\?$/, ''), zone, nowMs, clock);
  } catch (problem) {
    if (!(problem instanceof SchedulerError) || problem.code !== 'schedule/not-understood' || !mentionsEvent(text))
      throw problem;
    const start = text.length > LONGEST_QUOTED ? `${text.slice(0, LONGEST_QUOTED)}…` : text;
    throw new SchedulerError(
      'schedule/not-understood',
      `"${start}" is not understood. An event has no time, day or delay: write only "at startup", "at login", "on unlock" or "on wake", or several of them with "or".`,
      { ...problem.details, suggestions: [], examples: ['at startup', 'at login', 'on unlock', 'on wake'] },
    );
  }
}

function read(text: string, zone: string, { nowMs, machineTimezone }: PhraseContext, clock: ClockStyle): Reading {
  const events = readEvents(text);
  if (events !== null) {
    const note = `An event has no time zone: ${zone} is not used.`;
    return {
      spec: { kind: 'event', events, timezone: assertTimeZone(machineTimezone) },
      warnings: zone === assertTimeZone(machineTimezone) ? [] : [note],
    };
  }
  if (looksLikeRrule(text)) return readRrule(text, zone);
  if (looksLikeCron(text)) {
    const exact = readExactText(text);
    if (exact !== null) return readExact(exact, zone, nowMs, clock);
    return readLines([text], null, zone);
  }
  if (looksLikeInstant(text)) {
    const { atMs, warnings } = readInstant(text, zone, clock);
    return { spec: { kind: 'once', atMs, timezone: zone }, warnings };
  }
  if (saysOnDemand(text)) return { spec: { kind: 'on-demand', timezone: zone }, warnings: [] };
  return readWords(text, zone, nowMs, clock);
}

function assertFuture(spec: ScheduleSpec, nowMs: number, clock: ClockStyle): void {
  if (spec.kind !== 'once' || spec.atMs > nowMs) return;
  const runAt = new Date(spec.atMs).toISOString();
  throw new SchedulerError(
    'schedule/in-the-past',
    `${sentence(spec, clock)} (${spec.timezone}) has passed. Choose a later time.`,
    {
      field: 'schedule',
      runAt,
      now: new Date(nowMs).toISOString(),
    },
  );
}

/** Returns when the schedule ends, by itself or by the end date of its task. */
const endOf = ({ endMs }: Bounds, context: PhraseContext): number =>
  Math.min(endMs ?? Infinity, context.endMs ?? Infinity);

/** Only a recurrence rule can say an end before its start, or one that has passed: phrases are read from now on. */
function assertNotOver({ startMs, endMs }: Bounds, nowMs: number): void {
  if (endMs === null || endMs > Math.max(nowMs, startMs ?? nowMs)) return;
  const [end, start] = [new Date(endMs).toISOString(), new Date(startMs ?? nowMs).toISOString()];
  const isOver = endMs <= nowMs;
  const message = isOver
    ? `The schedule ended on ${end} and would never run. Choose an end in the future.`
    : `The schedule ends on ${end}, before it starts on ${start}, and would never run. Choose a later end.`;
  throw new SchedulerError('schedule/in-the-past', message, { field: 'schedule', end, start });
}

function boundDates({ startMs, endMs }: Bounds): Pick<ScheduleAnswer, 'startDate' | 'endDate'> {
  return {
    ...(startMs === null ? {} : { startDate: new Date(startMs).toISOString() }),
    ...(endMs === null ? {} : { endDate: new Date(endMs).toISOString() }),
  };
}

/**
 * Returns the meaning of a phrase, a cron expression, a recurrence rule (RFC 5545) or an instant.
 *
 * Every word must be understood, or the whole is refused: nothing is guessed silently.
 *
 * @throws SchedulerError `schedule/not-understood` with `details.unused` (the words that could not be used) and
 * `details.suggestions` (phrases that would be understood); `schedule/in-the-past` for one-shots;
 * `schedule/unknown-time-zone`; `schedule/invalid-instant`; `schedule/rrule-not-supported`; the errors of `parseCron`.
 */
export function understandSchedule(text: string, context: PhraseContext): Understood {
  const zone = assertTimeZone(context.timezone ?? context.machineTimezone);
  const { clock = neutralClock } = context;
  const trimmed = looksLikeRrule(text)
    ? text.trim().slice(0, LONGEST_EVENT)
    : unwrapped(text.trim().slice(0, LONGEST + 1));
  const { spec, warnings, bounds = noBounds } = read(trimmed, zone, context, clock);
  assertFuture(spec, context.nowMs, clock);
  assertNotOver(bounds, context.nowMs);
  const stored = storedSchedule(spec);
  const answer: ScheduleAnswer = {
    kind: spec.kind,
    cron: stored.runAt === undefined ? stored.cronExpression : null,
    timezone: spec.timezone,
    runAt: spec.kind === 'once' ? (stored.runAt ?? null) : null,
    ...(stored.scheduleRule === undefined ? {} : { scheduleRule: stored.scheduleRule }),
    sentence: sentence(spec, clock),
    warnings: [...warnings, ...scheduleWarnings(spec, context.nowMs, clock, endOf(bounds, context))],
    ...boundDates(bounds),
    rrule: writeRrule(spec, context.nowMs, bounds),
    nextRuns: nextSlots(spec, Math.max(context.nowMs, (bounds.startMs ?? 0) - 1), NEXT_RUNS)
      .filter((slot) => bounds.endMs === null || slot <= bounds.endMs)
      .map((slot) => new Date(slot).toISOString()),
  };
  return { spec, answer };
}
