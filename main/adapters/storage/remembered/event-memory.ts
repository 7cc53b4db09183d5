import { z } from 'zod';
import { eventNameSchema } from '../../../contract/events.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { EventMemory, NotedEvent } from '../../../ports/machine-events.ts';
import { writeDurably } from '../durable-write.ts';
import { writeError } from '../file-errors.ts';
import { fingerprintOf, readText } from '../file-state.ts';
import type { Fingerprint } from '../file-state.ts';

const notedSchema = z.looseObject({
  event: z.string(),
  id: z.string(),
  at: z.iso.datetime(),
  since: z.iso.datetime(),
});
const fileSchema = z.looseObject({ version: z.literal(1), events: z.array(notedSchema) });
type Stored = z.infer<typeof notedSchema>;

/** Of each event, the latest that are kept: enough for `why` to look back, and always the current start and login. */
const kept = 100;

export interface EventMemoryOptions {
  /** Absolute path of `events.json`. */
  readonly path: string;
  /** Runs an action that no other process of this app runs at the same time. */
  readonly lock: <T>(action: () => T) => T;
}

/** Opens `events.json`. Events of a newer version are kept. It is read again only after it changed. */
export function openEventMemory({ path, lock }: EventMemoryOptions): EventMemory {
  let last: { readonly fingerprint: Fingerprint; readonly stored: readonly Stored[] } | null = null;
  const read = (): readonly Stored[] => {
    const fingerprint = fingerprintOf(path);
    if (last?.fingerprint !== fingerprint) last = { fingerprint, stored: readStored(path) };
    return last.stored;
  };
  return {
    read: () => read().filter(isKnown),
    note: (events) =>
      lock(() => {
        last = null;
        const before = read();
        const added = events.filter(({ event, id }) => !before.some((old) => old.event === event && old.id === id));
        if (added.length === 0) return;
        try {
          const file = { version: 1, events: latest([...before, ...added.map((each): Stored => ({ ...each }))]) };
          writeDurably(path, `${JSON.stringify(file)}\n`);
        } catch (error) {
          throw writeError(error, path);
        }
        last = null;
      }),
  };
}

const isKnown = (stored: Stored): stored is Stored & NotedEvent => eventNameSchema.safeParse(stored.event).success;

function latest(events: readonly Stored[]): Stored[] {
  return events.filter(
    ({ event }, index) => events.slice(index).filter((later) => later.event === event).length <= kept,
  );
}

function readStored(path: string): readonly Stored[] {
  const content = readText(path);
  if (content.kind === 'missing') return [];
  if (content.kind === 'broken') throw unreadable(path, content.reason);
  try {
    return fileSchema.parse(JSON.parse(content.text)).events;
  } catch (error) {
    throw unreadable(path, error instanceof z.ZodError ? 'this version cannot read its format' : messageOf(error));
  }
}

function unreadable(path: string, why: string): SchedulerError {
  return new SchedulerError(
    'store/events-unreadable',
    `The events that started tasks cannot be read: ${path}: ${why}. The file was not changed. Move it away: the current start and login can then start tasks once more.`,
    { path },
  );
}
