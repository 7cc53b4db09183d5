import { scheduleFileSchema } from '../../../contract/task.ts';
import type { ScheduleFile } from '../../../contract/task.ts';
import { messageOf } from '../../../domain/errors.ts';
import { depthProblem, problemAt, schemaProblem, syntaxProblem } from '../json-problems.ts';
import type { JsonProblem } from '../json-problems.ts';
import { integrityProblem } from './integrity.ts';
import { upgraded } from './versions.ts';

/** The format version that this app reads and writes. */
export const scheduleVersion = '2.0.0';

/** A schedule, or why the text is not one. */
export type ScheduleDocument =
  | { readonly kind: 'valid'; readonly file: ScheduleFile }
  | {
      readonly kind: 'invalid';
      readonly code: 'store/unreadable' | 'store/newer';
      /** Without the file's name: "line 3, column 5: …". */
      readonly reason: string;
    };

/** Returns a schedule without tasks. */
export function emptySchedule(): ScheduleFile {
  return { version: scheduleVersion, tasks: {}, timings: {} };
}

/** Returns the text of a schedule as stored. */
export function scheduleText(file: ScheduleFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Identifies the rules by which a schedule was checked. Increase the last number with every change of
 * `scheduleFileSchema` or `integrityProblem` that rejects what was allowed before. A text written under the same rules
 * is not checked again.
 */
export const scheduleRules = `${scheduleVersion}/7`;

/** Reads a text that was checked by these rules when it was written; checking takes five times as long as reading. */
export function readChecked(text: string): ScheduleDocument {
  return { kind: 'valid', file: JSON.parse(text) as ScheduleFile };
}

/** Reads the text of a `schedule.json`. Keeps unknown fields. */
export function parseSchedule(text: string): ScheduleDocument {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return unreadable(syntaxProblem(text, messageOf(error)));
  }
  const deep = depthProblem(text);
  if (deep !== null) return unreadable(deep);
  const version = isRecord(raw) ? raw['version'] : undefined;
  if (typeof version === 'string' && isNewer(version)) {
    return {
      kind: 'invalid',
      code: 'store/newer',
      reason: `it was written by a newer version of NCP Scheduler (format ${version}; this app supports up to ${scheduleVersion}). Update the app.`,
    };
  }
  const parsed = scheduleFileSchema.safeParse(isRecord(raw) ? upgraded(raw) : raw);
  if (!parsed.success) {
    const problem = unreadable(schemaProblem(text, parsed.error));
    return looksLikeNcp(raw) ? { ...problem, reason: `${problem.reason}${ncpHint}` } : problem;
  }
  const problem = integrityProblem(parsed.data);
  if (problem !== null) return unreadable(problemAt(text, problem.path, problem.message));
  return { kind: 'valid', file: parsed.data };
}

const ncpHint = ' It looks like a file of ncp itself: run "ncp-scheduler migrate" to import it.';

function unreadable({ line, column, reason }: JsonProblem) {
  return {
    kind: 'invalid',
    code: 'store/unreadable',
    reason: `line ${line}, column ${column}: ${reason.replace(/[.]?$/, '.')}`,
  } as const;
}

/**
 * Returns whether this is a file of ncp 2, which has the same version number. It stores run state in its tasks, which
 * this app never does.
 */
function looksLikeNcp(raw: unknown): boolean {
  if (!isRecord(raw) || !isRecord(raw['tasks'])) return false;
  return Object.values(raw['tasks']).some((task) => isRecord(task) && 'executionCount' in task);
}

function isNewer(version: string): boolean {
  const known = scheduleVersion.split('.').map(Number);
  for (const [index, part] of version.split('.').map(Number).entries()) {
    if (part !== known[index]) return part > (known[index] ?? 0);
  }
  return false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
