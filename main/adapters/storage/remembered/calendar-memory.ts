import { z } from 'zod';
import { calendarDaySchema } from '../../../contract/calendars.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { CalendarMemory, KnownDays } from '../../../ports/calendars.ts';
import { writeDurably } from '../durable-write.ts';
import { writeError } from '../file-errors.ts';
import { fingerprintOf, readText } from '../file-state.ts';
import type { Fingerprint } from '../file-state.ts';

const knownSchema = z.looseObject({
  calendar: z.string(),
  days: z.array(calendarDaySchema),
  until: z.string().nullable(),
  readAt: z.string().nullable(),
  triedAt: z.string(),
  problem: z.string().nullable(),
});
const fileSchema = z.looseObject({ version: z.literal(1), calendars: z.record(z.string(), knownSchema) });

export interface CalendarMemoryOptions {
  /** Absolute path of `calendars.json`. */
  readonly path: string;
  /** Runs an action that no other process of this app runs at the same time. */
  readonly lock: <T>(action: () => T) => T;
}

/** Opens `calendars.json`. It is read again only after it changed, because every fire of a task with calendars asks. */
export function openCalendarMemory({ path, lock }: CalendarMemoryOptions): CalendarMemory {
  let last: { readonly fingerprint: Fingerprint; readonly known: Readonly<Record<string, KnownDays>> } | null = null;
  const read = (): Readonly<Record<string, KnownDays>> => {
    const fingerprint = fingerprintOf(path);
    if (last?.fingerprint !== fingerprint) last = { fingerprint, known: readKnown(path) };
    return last.known;
  };
  return {
    read,
    update: (change) =>
      lock(() => {
        last = null;
        const calendars = change(read());
        try {
          writeDurably(path, `${JSON.stringify({ version: 1, calendars })}\n`);
        } catch (error) {
          throw writeError(error, path);
        }
        last = null;
      }),
  };
}

function readKnown(path: string): Readonly<Record<string, KnownDays>> {
  const content = readText(path);
  if (content.kind === 'missing') return {};
  if (content.kind === 'broken') throw unreadable(path, content.reason);
  try {
    return fileSchema.parse(JSON.parse(content.text)).calendars;
  } catch (error) {
    throw unreadable(path, error instanceof z.ZodError ? 'this version cannot read its format' : messageOf(error));
  }
}

function unreadable(path: string, why: string): SchedulerError {
  return new SchedulerError(
    'store/calendars-unreadable',
    `The days of your calendars cannot be read: ${path}: ${why}. The file was not changed. Move it away: the days are then read again.`,
    { path },
  );
}
