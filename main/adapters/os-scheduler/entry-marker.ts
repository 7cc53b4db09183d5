import { SchedulerError } from '../../domain/errors.ts';
import type { OsGroup, TranslateContext } from '../../ports/os-scheduler.ts';

/** Increased when the form of an entry changes, so that entries of an older version count as drifted. */
const MARKER_VERSION = '1';

/** The marker of every entry of this app, in the form its OS allows, so that the entry is recognised under any name. */
export interface EntryMarker {
  readonly version: string;
  readonly namespace: string;
  readonly timingId: string;
  readonly key: string;
}

export function markerOf(group: OsGroup, context: TranslateContext): EntryMarker {
  return {
    version: MARKER_VERSION,
    namespace: context.namespace,
    timingId: group.timingId,
    key: oneLine(group.key),
  };
}

/** Returns the arguments after the program with which an entry fires its group. */
export function fireArguments({ timingId, schedule }: Pick<OsGroup, 'timingId' | 'schedule'>): string[] {
  const events = schedule.kind === 'event' ? schedule.events : [];
  return ['_timing-run', timingId, ...events.flatMap((event) => ['--event', event])];
}

/** Names become file names, unit names and task names; this is what all of them allow. */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/**
 * Returns the name of a group's entry: `ncp-scheduler-daily-9am`, or `ncp-scheduler-<namespace>-daily-9am`.
 * @throws SchedulerError `os/unsafe-name` for an id that could lead out of its folder or is not allowed in a unit name.
 */
export function entryName(timingId: string, namespace: string): string {
  for (const part of namespace === '' ? [timingId] : [namespace, timingId]) {
    if (!PLAIN_NAME.test(part) || part.length > 150) {
      throw new SchedulerError(
        'os/unsafe-name',
        `"${part.slice(0, 60)}" cannot name an entry of the OS scheduler: use letters, digits, "-", "_" and "." only, at most 150.`,
        { name: part },
      );
    }
  }
  return namespace === '' ? `ncp-scheduler-${timingId}` : `ncp-scheduler-${namespace}-${timingId}`;
}

/** Returns one line of well-formed text that every format can hold, for descriptions and markers. */
export function oneLine(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- the pattern removes control characters
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
      .replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '?')
      .trim()
  );
}

/** Returns whether every format can hold the name of an environment variable. */
export const isEnvName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/**
 * Returns the environment as sorted pairs, so that equal environments give equal entries. @throws SchedulerError
 * `os/bad-environment`.
 */
export function sortedEnv(env: Readonly<Record<string, string>>): [string, string][] {
  const pairs = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of pairs) {
    if (!isEnvName(name) || value.includes('\0')) {
      throw new SchedulerError(
        'os/bad-environment',
        `The environment variable "${name.slice(0, 60)}" cannot be given to an OS entry: names are letters, digits and "_", values have no NUL.`,
        { name },
      );
    }
  }
  return pairs;
}
