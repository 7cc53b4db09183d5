import { z } from 'zod';
import { scheduleFileSchema, taskSchema, timingSchema } from '../../contract/task.ts';
import type { Task } from '../../contract/task.ts';
import { exportDocumentSchema, exportFormat, exportVersion, exportedFiguresSchema } from '../../contract/transfer.ts';
import type { ExportDocument } from '../../contract/transfer.ts';
import { deepestLevel, isDeeperThan } from '../../contract/json-depth.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { CarriedRunState } from '../../ports/ledger/history.ts';
import type { ImportCandidate, ImportRefusal, ImportSource } from './import-source.ts';
import { isRecord } from './secrets.ts';

/** Tasks are parsed one by one, so that an invalid one does not prevent the import of the others. */
const frameSchema = exportDocumentSchema.extend({
  schedule: scheduleFileSchema.extend({
    tasks: z.record(z.string(), z.unknown()),
    timings: z.record(z.string(), z.unknown()),
  }),
  figures: z.record(z.string(), z.unknown()).default({}),
  settings: exportDocumentSchema.shape.settings.default({}),
  secrets: exportDocumentSchema.shape.secrets.default([]),
});
type Frame = z.infer<typeof frameSchema>;

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
  const candidates: ImportCandidate[] = [];
  const refused: ImportRefusal[] = [];
  for (const [id, raw] of Object.entries(frame.schedule.tasks)) {
    const read = readTask(id, raw, frame);
    if ('reason' in read) refused.push(read);
    else candidates.push(read);
  }
  return {
    kind: 'ncp-scheduler',
    elsewhere: !isOurs(document),
    candidates,
    refused,
    timings: Object.values(frame.schedule.timings).flatMap((timing) => timingSchema.safeParse(timing).data ?? []),
    settings: frame.settings,
    secrets: frame.secrets,
    notes: [],
  };
}

function readTask(id: string, raw: unknown, frame: Frame): ImportCandidate | ImportRefusal {
  const name = isRecord(raw) && typeof raw['name'] === 'string' ? raw['name'] : id;
  const refusal = (reason: string): ImportRefusal => ({ source: id, name, reason });
  const parsed = taskSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refusal(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  if (parsed.data.id !== id) return refusal(`its id is "${parsed.data.id}", but its key is "${id}"`);
  const task = structuredClone(parsed.data);
  try {
    const spec = specOf(task);
    const notes = frame.schedule.paused === undefined ? [] : pauseToo(task);
    return { key: id, task, spec, source: null, notes, figures: figuresOf(id, frame) };
  } catch (error) {
    return refusal(messageOf(error));
  }
}

/** Pauses a task of an export made while all tasks were paused: nobody expects it to run here. */
function pauseToo(task: Task): string[] {
  if (task.status !== 'active') return [];
  task.status = 'paused';
  task.pauseNote = 'All tasks were paused when this was exported.';
  return ['All tasks were paused when this was exported, so it is imported paused.'];
}

function figuresOf(taskId: string, frame: Frame): CarriedRunState | null {
  const figures = exportedFiguresSchema.safeParse(frame.figures[taskId]);
  if (!figures.success) return null;
  const { executionCount, successfulSlots, lastExecutionAt, lastStatus } = figures.data;
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
  const issue = parsed.error.issues[0];
  throw unreadable(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`);
}

/** Levels of the document above the parameters of a task. */
const levelsAround = 20;

function parsedJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(`it is not valid JSON: ${messageOf(error)}.`);
  }
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
