import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { AgentSchedules } from '../../../ports/agent-schedules.ts';
import { readFile } from '../../files/read-file.ts';
import { replaceFile } from '../replace-file.ts';
import { programs } from './programs.ts';
import { foundSchedules, reviewed } from './read-schedules.ts';
import type { FoundSchedule } from './read-schedules.ts';
import type { ProgramPerson } from './schedule-program.ts';

/** What was changed in one file. Stored beside the copy of the file. */
const changeSchema = z.object({
  path: z.string(),
  program: z.string(),
  ids: z.array(z.string()),
  /** Name of the copy in the same folder. */
  copy: z.string(),
  /** SHA-256 of the file after the change. */
  after: z.string(),
});
type Change = z.infer<typeof changeSchema>;
const indexFile = 'index.json';

export interface SwitchPlaces {
  readonly person: ProgramPerson;
  /** Where copies are kept, each mark in a folder of its own. */
  readonly backupDir: string;
  /** Replaces a file. @default atomically, at the end of its links, with the rights that it had */
  readonly write?: (path: string, content: Buffer) => void;
}

/** Switches the schedules of agents' programs off and on again in their files. */
export function createAgentSchedules({ person, backupDir, write = replace }: SwitchPlaces): AgentSchedules {
  return {
    switchOff: (sources, seen, mark) =>
      settled(() => {
        const chosen = unchanged(sources, seen, person);
        const folder = join(backupDir, mark);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const planned = [...byFile(chosen)].map(([path, schedules], index) => plan(path, schedules, index));
        for (const { change, before } of planned) replaceFile(join(folder, change.copy), before);
        replaceFile(
          join(folder, indexFile),
          JSON.stringify(
            planned.map(({ change }) => change),
            null,
            2,
          ),
        );
        writeAll(planned, write);
        return [...new Set(chosen.flatMap(({ program }) => program.switches?.afterwards ?? []))];
      }),
    restore: (mark) =>
      settled(() => {
        const folder = join(backupDir, mark);
        const changes = changesIn(folder, mark);
        writeAll(
          changes.map((change) => planRestore(change, folder)),
          write,
        );
        return changes.reduce((count, { ids }) => count + ids.length, 0);
      }),
  };
}

/** Runs it at once, and rejects instead of throwing. */
const settled = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));

interface Planned {
  readonly change: Change;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Returns the schedules as they are now. @throws SchedulerError `agent/schedule-changed` */
function unchanged(sources: readonly string[], seen: string, person: ProgramPerson): FoundSchedule[] {
  const { found } = foundSchedules(person);
  const then = z.record(z.string(), z.string()).parse(JSON.parse(seen));
  const now = reviewed(found);
  for (const source of sources) {
    if (then[source] !== undefined && then[source] === now[source]) continue;
    const message = `${source} changed since it was read, so nothing was switched off. Read the schedules again, and review them.`;
    throw new SchedulerError('agent/schedule-changed', message, { source });
  }
  return found.filter(({ source }) => sources.includes(source));
}

function byFile(chosen: readonly FoundSchedule[]): Map<string, FoundSchedule[]> {
  const files = new Map<string, FoundSchedule[]>();
  for (const each of chosen) files.set(each.file.path, [...(files.get(each.file.path) ?? []), each]);
  return files;
}

function plan(path: string, schedules: readonly FoundSchedule[], index: number): Planned {
  const before = bytesOf(path);
  const ids = schedules.map(({ schedule }) => schedule.id);
  const program = schedules[0]?.program ?? programs[0];
  if (program === undefined) throw new Error('there are no programs');
  const after = Buffer.from(
    ids.reduce((text, id) => program.switches?.switchOff(text, id) ?? text, before.toString('utf8')),
  );
  assertOff(after.toString('utf8'), schedules);
  const copy = `${index}-${basename(path)}`;
  return { before, after, change: { path, program: program.title, ids, copy, after: hashOf(after) } };
}

/** The text of a program is edited in place, so the result is read again. @throws SchedulerError `agent/file-refused` */
function assertOff(text: string, schedules: readonly FoundSchedule[]): void {
  for (const { program, file, schedule, source } of schedules) {
    // A damaged file may have an id twice.
    if (!program.schedules(text, file).some(({ id, isOn }) => id === schedule.id && isOn)) continue;
    const message = `${source} cannot be switched off in ${file.path}. Switch it off in ${program.title}.`;
    throw new SchedulerError('agent/file-refused', message, { path: file.path, source });
  }
}

function planRestore(change: Change, folder: string): Planned {
  const { path, program: title, ids, copy, after } = change;
  const saved = readFile(join(folder, copy));
  const now = bytesOf(path);
  if (hashOf(now) === after) return { change, before: now, after: saved };
  const program = programs.find((each) => each.title === title);
  const text = ids.reduce<string | null>(
    (current, id) =>
      current === null ? null : (program?.switches?.switchOn(current, id, saved.toString('utf8')) ?? null),
    now.toString('utf8'),
  );
  if (text !== null) return { change, before: now, after: Buffer.from(text) };
  const message = `${title} no longer has the schedule ${ids.join(', ')}, so it could not be switched on again. The file as it was is ${join(folder, copy)}.`;
  throw new SchedulerError('agent/schedule-gone', message, { path, ids });
}

/** Writes all files; if one cannot be written, puts the others back. */
function writeAll(planned: readonly Planned[], write: NonNullable<SwitchPlaces['write']>): void {
  const written: Planned[] = [];
  for (const each of planned) {
    try {
      write(each.change.path, each.after);
      written.push(each);
    } catch (problem) {
      for (const { change, before } of written) write(change.path, before);
      const message = `${each.change.path} cannot be written: ${messageOf(problem)}. No schedule was changed.`;
      throw new SchedulerError('agent/file-refused', message, { path: each.change.path });
    }
  }
}

function replace(path: string, content: Buffer): void {
  const file = realpathSync(path);
  replaceFile(file, content, statSync(file).mode & 0o777);
}

/** @throws SchedulerError `agent/file-refused` for a file that would not keep its bytes */
function bytesOf(path: string): Buffer {
  const bytes = readFile(path);
  if (Buffer.from(bytes.toString('utf8')).equals(bytes)) return bytes;
  throw new SchedulerError('agent/file-refused', `${path} is not UTF-8, so it is not changed.`, { path });
}

function changesIn(folder: string, mark: string): Change[] {
  const path = join(folder, indexFile);
  if (existsSync(path)) return z.array(changeSchema).parse(JSON.parse(readFile(path).toString('utf8')));
  const message = `The copies of the schedules are not in ${folder} any more, so they could not be switched on again.`;
  throw new SchedulerError('agent/schedule-gone', message, { mark });
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
