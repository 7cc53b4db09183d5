import { join } from 'node:path';
import { minuteMs, secondMs } from '../../../domain/durations.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { OtherPlace } from '../../../contract/other-jobs.ts';
import type { FoundJob, FoundJobs } from '../../../ports/other-schedulers.ts';
import { complaint } from '../run-program.ts';
import type { CommandResult, CommandRunner } from '../run-program.ts';
import { namesIn, readIfThere } from '../files.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { calendarSchedules, monotonicMeaning } from '../systemd/read-timer.ts';
import { timeSpan } from '../systemd/read-unit.ts';
import { unitDirectory } from '../systemd/translate.ts';
import { readMarker } from '../systemd/unit-file.ts';
import { Gathered, shownOriginal } from './reading.ts';
import { commandOf, elapsesOf, readProperties, stampMs, valueOf } from './timer-properties.ts';
import type { UnitProperties } from './timer-properties.ts';
import { resultOf } from './timer-result.ts';

export interface SystemdOptions {
  readonly run: CommandRunner;
  /** The folder of the user manager's socket; null for the one in the environment. */
  readonly runtimeDir: string | null;
}

type Scope = Extract<OtherPlace, 'systemd-user' | 'systemd-system'>;

/** A manager that hangs, for example while the machine shuts down, must not hold up the page. */
const PATIENCE_MS = 10_000;
/** Names in one call, far below the limit of a command line. */
const CHUNK = 200;
const timerProperties =
  'Id,LoadState,ActiveState,UnitFileState,FragmentPath,Unit,TimersCalendar,TimersMonotonic,NextElapseUSecRealtime,LastTriggerUSec,ActiveEnterTimestamp,Persistent,AccuracyUSec,RandomizedDelayUSec,Result';
const serviceProperties =
  'Id,LoadState,ActiveState,SubState,FragmentPath,User,ExecStart,Result,ExecMainCode,ExecMainStatus,ExecMainStartTimestamp,ExecMainExitTimestamp,ConditionResult,ConditionTimestamp';

/** Finds the timers of one of the two managers of systemd, with the last result of the service of each. */
export async function systemdJobs(
  scope: Scope,
  { run, runtimeDir }: SystemdOptions,
  context: ReadingContext,
): Promise<FoundJobs> {
  const found = new Gathered();
  const flags = scope === 'systemd-user' ? ['--user'] : [];
  const env = { TZ: 'UTC', ...(runtimeDir === null ? {} : { XDG_RUNTIME_DIR: runtimeDir }) };
  const what = ['systemctl', ...flags].join(' ');
  const ask = async (...args: string[]): Promise<string> => {
    const result = await run('systemctl', [...flags, '--no-pager', ...args], { env, timeoutMs: PATIENCE_MS });
    if (result.exitCode !== 0) throw new Error(refusal(what, result));
    return result.stdout;
  };
  try {
    const listed = timersIn(await ask('list-timers', '--all', '--output=json'));
    const own = scope === 'systemd-user' ? unloaded(found, context.homeDir, listed) : [];
    const timers = await shown(ask, timerProperties, [...listed.keys(), ...own]);
    const units = [...new Set([...timers.values()].map((timer) => valueOf(timer, 'Unit')))];
    const services = await shown(ask, serviceProperties, units);
    const jobs = [...timers].flatMap(([name, timer]) => {
      const service = services.get(valueOf(timer, 'Unit'));
      const texts = [timer, service].map((unit) => textOf(found, scope, unit));
      if (readMarker(texts[0] ?? '') !== null) return [];
      return jobOf({ scope, name, timer, service, texts, nextMs: listed.get(name) }, context);
    });
    found.add(scope, what, jobs);
  } catch (problem) {
    found.miss(scope, what, messageOf(problem));
  }
  return found;
}

function refusal(what: string, result: CommandResult): string {
  const said = complaint(result);
  if (/program was not found/.test(said)) return 'This machine has no systemd.';
  if (/took too long/.test(said)) return `systemd did not answer within ${PATIENCE_MS / secondMs} seconds.`;
  return `${what} failed: ${said}`;
}

/** Returns the next run of each timer in epoch ms; null for none, undefined if this systemd does not write JSON. */
function timersIn(output: string): Map<string, number | null | undefined> {
  if (output.trim() === '') return new Map();
  if (!output.trimStart().startsWith('[')) {
    // Before systemd 249 the option is ignored; the table holds the names.
    return new Map([...output.matchAll(/\s(\S+\.timer)\s/g)].map(([, name = '']) => [name, undefined]));
  }
  const rows = JSON.parse(output) as readonly { unit: string; next: number | null }[];
  return new Map(rows.map(({ unit, next }) => [unit, (next ?? 0) > 0 ? Math.floor((next ?? 0) / 1000) : null]));
}

/** Returns the timers in the person's own folder that systemd does not run: they are disabled, or not enabled yet. */
function unloaded(found: Gathered, homeDir: string, listed: ReadonlyMap<string, unknown>): string[] {
  const folder = unitDirectory(homeDir);
  const names = found.attempt('systemd-user', folder, () => namesIn(folder)) ?? [];
  return names.filter((name) => {
    // A template with @ runs only as an instance, which systemd lists.
    if (!name.endsWith('.timer') || name.includes('@') || listed.has(name)) return false;
    if (UNIT_NAME.test(name)) return true;
    found.miss('systemd-user', join(folder, name), 'systemd does not accept the name of this file.');
    return false;
  });
}

/** `systemd.unit(5)`: ASCII letters and digits, and `:`, `-`, `_`, `.` and `\`, at most 255 characters. */
const UNIT_NAME = /^[A-Za-z0-9:_.\\-]{1,255}$/;

async function shown(
  ask: (...args: string[]) => Promise<string>,
  properties: string,
  units: readonly string[],
): Promise<Map<string, UnitProperties>> {
  const all = new Map<string, UnitProperties>();
  const named = units.filter((name) => name !== '');
  for (let index = 0; index < named.length; index += CHUNK) {
    const names = named.slice(index, index + CHUNK);
    const answer = readProperties(await ask('show', '--property', properties, '--', ...names));
    for (const [id, unit] of answer) all.set(id, unit);
  }
  return all;
}

interface Found {
  readonly scope: Scope;
  readonly name: string;
  readonly timer: UnitProperties;
  readonly service: UnitProperties | undefined;
  /** The files of the timer and of its service. */
  readonly texts: readonly string[];
  readonly nextMs: number | null | undefined;
}

/** Returns the file of a unit; empty if it has none or cannot be read. */
function textOf(found: Gathered, scope: Scope, unit: UnitProperties | undefined): string {
  const path = valueOf(unit, 'FragmentPath');
  return path === '' ? '' : (found.attempt(scope, path, () => readIfThere(path)) ?? '');
}

function jobOf({ scope, name, timer, service, texts, nextMs }: Found, context: ReadingContext): FoundJob {
  const stopped = stoppedBecause(timer);
  const lastMs = stampMs(valueOf(timer, 'LastTriggerUSec'));
  const sinceMs = stampMs(valueOf(timer, 'ActiveEnterTimestamp'));
  const grace = ['AccuracyUSec', 'RandomizedDelayUSec'].map((property) => timeSpan(valueOf(timer, property)) ?? 0);
  const isPersistent = valueOf(timer, 'Persistent') === 'yes';
  return {
    place: scope,
    source: name,
    name: name.replace(/\.timer$/, ''),
    command: commandOf(service) ?? (valueOf(timer, 'Unit') || null),
    runsAs: scope === 'systemd-user' ? null : valueOf(service, 'User') || 'root',
    ...scheduleOf(timer, context),
    original: shownOriginal(texts.filter((text) => text !== '').join('\n')),
    nextMs: stopped !== null ? null : nextMs === undefined ? stampMs(valueOf(timer, 'NextElapseUSecRealtime')) : nextMs,
    // A persistent timer also makes up for times before it was started.
    watchedFromMs:
      stopped !== null ? null : isPersistent ? (lastMs ?? sinceMs) : Math.max(lastMs ?? 0, sinceMs ?? 0) || null,
    graceMs: minuteMs + grace.reduce((sum, ms) => sum + ms, 0),
    last: resultOf(timer, service),
    stopped,
  };
}

function stoppedBecause(timer: UnitProperties): string | null {
  const [load, state] = [valueOf(timer, 'LoadState'), valueOf(timer, 'ActiveState')];
  if (load !== 'loaded') return `systemd cannot load the timer (${load}).`;
  if (state === 'active') return null;
  if (state === 'failed') return `The timer failed (Result=${valueOf(timer, 'Result')}).`;
  const file = valueOf(timer, 'UnitFileState');
  return file === 'enabled'
    ? 'The timer is enabled but not started.'
    : `The timer is not started (${file || 'not enabled'}).`;
}

function scheduleOf(
  timer: UnitProperties,
  context: ReadingContext,
): Pick<FoundJob, 'schedules' | 'trigger' | 'written'> {
  const events = elapsesOf(timer, 'TimersCalendar').map(({ value }) => value);
  const others = elapsesOf(timer, 'TimersMonotonic').map(({ name, value }) => {
    const setting = name.replace(/USec$/, 'Sec');
    return { written: `${setting}=${value}`, words: `${value} ${monotonicMeaning(setting)}` };
  });
  const written = [...events.map((event) => `OnCalendar=${event}`), ...others.map((other) => other.written)].join(', ');
  const schedules = others.length > 0 ? null : calendarSchedules(events, context.timezone);
  if (schedules !== null) return { schedules, trigger: null, written };
  const words = [...events, ...others.map((other) => other.words)].join(', ');
  return { schedules: [], trigger: words === '' ? 'No time is set' : words, written };
}
