import { exportFormat, exportVersion } from '../../contract/transfer.ts';
import type { ExportDocument } from '../../contract/transfer.ts';
import type { Task } from '../../contract/task.ts';
import { deepestLevel, isDeeperThan } from '../../contract/json-depth.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { CarriedRunState } from '../../ports/ledger/history.ts';
import type { ImportCandidate, ImportRefusal, ImportSource } from './import-source.ts';
import { frameSchema, readSurroundings, type Frame, type Surroundings } from './own-file/read-frame.ts';
import { readTask } from './own-file/read-task.ts';
import { schemaProblems } from './own-file/unknown-notes.ts';
import { isRecord } from './secrets.ts';

/**
 * Reads our own export, or a `schedule.json`.
 * @param isOurs true for an unchanged export of this data directory
 * @throws SchedulerError `usage/import-unreadable`, `usage/import-newer`
 */
export function readOwnDocument(
  text: string,
  isOurs: (document: Readonly<Record<string, unknown>>) => boolean,
): ImportSource {
  const { frame, document } = readFrame(text);
  const { timings, figures, notes } = readSurroundings(frame);
  const candidates: ImportCandidate[] = [];
  const refused: ImportRefusal[] = [];
  for (const [id, raw] of Object.entries(frame.schedule.tasks)) {
    const read = candidateOf(id, raw, { frame, figures });
    if ('reason' in read) refused.push(read);
    else candidates.push(read);
  }
  return {
    kind: 'ncp-scheduler',
    elsewhere: !isOurs(document),
    candidates,
    refused,
    timings,
    settings: frame.settings,
    secrets: frame.secrets,
    notes,
  };
}

interface OwnFile {
  readonly frame: Frame;
  readonly figures: Surroundings['figures'];
}

function candidateOf(id: string, raw: unknown, { frame, figures }: OwnFile): ImportCandidate | ImportRefusal {
  const name = isRecord(raw) && typeof raw['name'] === 'string' ? raw['name'] : id;
  if (!isRecord(raw)) return { source: id, name, reason: 'it is not an object with the fields of a task' };
  const read = readTask(id, raw);
  if ('reason' in read) return { source: id, name, reason: read.reason };
  const { task, spec } = read;
  const notes = [...read.notes, ...(frame.schedule.paused === undefined ? [] : pauseToo(task))];
  return { key: id, task, spec, source: null, notes, figures: figuresOf(id, figures) };
}

/** Pauses a task of an export made while all tasks were paused: nobody expects it to run here. */
function pauseToo(task: Task): string[] {
  if (task.status !== 'active') return [];
  task.status = 'paused';
  task.pauseNote = 'All tasks were paused when this was exported.';
  return ['All tasks were paused when this was exported, so it is imported paused.'];
}

function figuresOf(taskId: string, figures: Surroundings['figures']): CarriedRunState | null {
  const found = figures.get(taskId);
  if (found === undefined) return null;
  const { executionCount, successfulSlots, lastExecutionAt, lastStatus } = found;
  // Executions are not exported.
  return { taskId, executionCount, successfulSlots, lastExecutionId: null, lastExecutionAt, lastStatus };
}

function readFrame(text: string): { frame: Frame; document: Readonly<Record<string, unknown>> } {
  const raw = parsedJson(text);
  const document = isRecord(raw) && raw['format'] === undefined && 'tasks' in raw ? wrapped(raw) : raw;
  if (!isRecord(document) || document['format'] !== exportFormat) {
    throw unreadable(`it is JSON, but not an export of NCP Scheduler: "format" is not "${exportFormat}".`);
  }
  const version = document['version'];
  if (typeof version === 'number' && version > exportVersion) {
    throw new SchedulerError(
      'usage/import-newer',
      `The file was written by a newer version of NCP Scheduler (format ${version}, this one knows ${exportVersion}). Update the app. Nothing was imported.`,
      { version, known: exportVersion },
    );
  }
  const parsed = frameSchema.safeParse(document);
  if (parsed.success) return { frame: parsed.data, document };
  throw unreadable(`${schemaProblems(parsed.error)}.`);
}

/** Levels of the document above the parameters of a task. */
const levelsAround = 20;

function parsedJson(text: string): unknown {
  let value: unknown;
  let hasPrototype = false;
  try {
    // Such a field would vanish when the records of the file are read.
    const find = (key: string, part: unknown): unknown => {
      hasPrototype ||= key === '__proto__';
      return part;
    };
    value = text.includes('__proto__') ? JSON.parse(text, find) : JSON.parse(text);
  } catch (error) {
    throw unreadable(`it is not valid JSON: ${messageOf(error)}.`);
  }
  if (hasPrototype) throw unreadable('it has a field "__proto__", which no export has. Give it another name.');
  if (isDeeperThan(value, deepestLevel + levelsAround)) {
    throw unreadable(`it is nested deeper than ${deepestLevel + levelsAround} levels.`);
  }
  return value;
}

/** Accepts a plain `schedule.json`, because people copy that file. */
function wrapped(schedule: Record<string, unknown>): Omit<ExportDocument, 'schedule'> & { schedule: unknown } {
  return {
    format: exportFormat,
    version: exportVersion,
    exportedAt: new Date(0).toISOString(),
    exportedBy: { version: '', platform: '', timezone: '' },
    schedule,
    figures: {},
    settings: {},
    secrets: [],
  };
}

function unreadable(reason: string): SchedulerError {
  return new SchedulerError('usage/import-unreadable', `The file cannot be imported: ${reason} Nothing was imported.`, {
    reason,
  });
}
