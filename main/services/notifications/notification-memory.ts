import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Marks } from '../../ports/ledger/marks.ts';

const markName = 'notices';

const taskMemorySchema = z.object({
  /** The cause of the failure in the last notification; null after a success. */
  cause: z.string().nullable(),
  /** Start of the newest execution taken into account; older ones are ignored. */
  at: z.string(),
});

const memorySchema = z.object({
  /** Events before this instant had a notification or are too old for one. */
  since: z.string(),
  tasks: z.record(z.string(), taskMemorySchema),
  /** When each task was paused after failures, if a notification was shown. */
  paused: z.record(z.string(), z.string()),
  /** The latest missed slot of each task for which a notification was shown. */
  missed: z.record(z.string(), z.string()),
});
type Memory = z.infer<typeof memorySchema>;

/**
 * Remembers in the ledger which notifications were shown for each task, so that a restart neither repeats a
 * notification nor loses the one about a task that works again.
 */
export class NotificationMemory {
  readonly #ledger: Marks;
  readonly #memory: Memory;
  #changed = false;

  constructor({ ledger, clock }: { ledger: Marks; clock: Clock }) {
    this.#ledger = ledger;
    const fresh = { since: clock.nowIso(), tasks: {}, paused: {}, missed: {} };
    this.#memory = kept(ledger.mark(markName)) ?? fresh;
  }

  get since(): string {
    return this.#memory.since;
  }

  /** Returns the cause of the last failure notification of a task; null if the task has recovered. */
  cause(taskId: string): string | null {
    return this.#memory.tasks[taskId]?.cause ?? null;
  }

  /** Returns whether this execution was already taken into account. */
  knows(taskId: string, startedAt: string): boolean {
    const known = this.#memory.tasks[taskId];
    return known !== undefined && startedAt <= known.at;
  }

  setCause(taskId: string, cause: string | null, startedAt: string): void {
    this.#memory.tasks[taskId] = { cause, at: startedAt };
    this.#changed = true;
  }

  /** Takes an execution into account that changes no cause. */
  setKnown(taskId: string, startedAt: string): void {
    this.setCause(taskId, this.cause(taskId), startedAt);
  }

  knowsPause(taskId: string, at: string): boolean {
    return at <= (this.#memory.paused[taskId] ?? this.#memory.since);
  }

  setPause(taskId: string, at: string): void {
    this.#memory.paused[taskId] = at;
    this.#changed = true;
  }

  knowsMissed(taskId: string, slot: string): boolean {
    return slot <= (this.#memory.missed[taskId] ?? '');
  }

  setMissed(taskId: string, slot: string): void {
    this.#memory.missed[taskId] = slot;
    this.#changed = true;
  }

  /** Ignores events up to `at` from now on, and forgets deleted tasks. */
  settle(at: string, taskIds: ReadonlySet<string>): void {
    this.#memory.since = at;
    for (const known of [this.#memory.tasks, this.#memory.paused, this.#memory.missed]) {
      for (const taskId of Object.keys(known)) if (!taskIds.has(taskId)) Reflect.deleteProperty(known, taskId);
    }
    this.#changed = true;
  }

  /** Saves all changes since the last save in one write. */
  save(): void {
    if (!this.#changed) return;
    this.#ledger.setMark(markName, JSON.stringify(this.#memory));
    this.#changed = false;
  }
}

/** Ignores a mark in another version's format: at worst a notification is repeated. */
function kept(mark: string | null): Memory | null {
  if (mark === null) return null;
  try {
    return memorySchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
