import { z } from 'zod';
import { scheduleFileSchema, timingSchema, type Timing } from '../../../contract/task.ts';
import { exportDocumentSchema, exportedFiguresSchema } from '../../../contract/transfer.ts';
import { schemaProblems, unknownFieldNotes } from './unknown-notes.ts';

/** An export whose tasks, groups and counts are read one by one, so that an invalid one does not prevent the rest. */
export const frameSchema = exportDocumentSchema.extend({
  schedule: scheduleFileSchema.extend({
    tasks: z.record(z.string(), z.unknown()),
    timings: z.record(z.string(), z.unknown()),
  }),
  figures: z.record(z.string(), z.unknown()).default({}),
  settings: exportDocumentSchema.shape.settings.default({}),
  secrets: exportDocumentSchema.shape.secrets.default([]),
});
export type Frame = z.infer<typeof frameSchema>;
const groupSchema = timingSchema.strip();
const figuresSchema = exportedFiguresSchema.strip();
type Figures = z.infer<typeof figuresSchema>;

/** What an export holds besides its tasks and settings. */
export interface Surroundings {
  readonly timings: readonly Timing[];
  /** Run counts by task id. */
  readonly figures: ReadonlyMap<string, Figures>;
  /** Each part of the file that was not taken over, in sentences. */
  readonly notes: readonly string[];
}

/** Reads the groups and counts of an export, and notes every part of it that this version does not know. */
export function readSurroundings(frame: Frame): Surroundings {
  const groups = parts(frame.schedule.timings, groupSchema, ['schedule', 'timings']);
  const counts = parts(frame.figures, figuresSchema, ['figures']);
  const strangers = [...counts.read.keys()].filter((id) => !Object.hasOwn(frame.schedule.tasks, id));
  return {
    timings: [...groups.read.values()],
    figures: counts.read,
    notes: [
      ...unknownFieldNotes(frameSchema, frame),
      ...groups.notes,
      ...counts.notes,
      ...strangers.map((id) => `figures.${id} belongs to no task of the file. It was not taken over.`),
    ],
  };
}

/** Reads the parts of one kind without the fields that the schema, which removes them, does not name. */
function parts<T>(all: Readonly<Record<string, unknown>>, schema: z.ZodType<T>, place: readonly string[]) {
  const read = new Map<string, T>();
  const notes = Object.entries(all).flatMap(([id, value]) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success)
      return [`${[...place, id].join('.')}: ${schemaProblems(parsed.error)}. It was not taken over.`];
    read.set(id, parsed.data);
    return unknownFieldNotes(schema, value, [...place, id]);
  });
  return { read, notes };
}
