import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';

const markName = 'notices';

const taskMemorySchema = z.object({
  /** What it failed of when that was told last; null once it was well again. */
  cause: z.string().nullable(),
  /** Start of the execution that this was learned from: what is older is known. */
  at: z.string(),
});

const memorySchema = z.object({
  /** What happened before was told, or is too old to be told. */
  since: z.string(),
  tasks: z.record(z.string(), taskMemorySchema),
  /** When each task was paused by its failures, as far as told. */
  paused: z.record(z.string(), z.string()),
  /** The latest missed slot of each task that was told. */
  missed: z.record(z.string(), z.string()),
});
type Memory = z.infer<typeof memorySchema>;

/**
 * What a person was told about each task, kept in the ledger: a restart neither repeats a notification nor loses the
 * news that a task works again.
 */
export class NotificationMemory {
  readonly #ledger: Ledger;
  readonly #memory: Memory;
  #changed = false;

  constructor({ ledger, clock }: { ledger: Ledger; clock: Clock }) {
    this.#ledger = ledger;
    const fresh = { since: new Date(clock.now()).toISOString(), tasks: {}, paused: {}, missed: {} };
    this.#memory = kept(ledger.mark(markName)) ?? fresh;
  }

  get since(): string {
    return this.#memory.since;
  }

  /** What the task was last told to fail of; null when it is well. */
  cause(taskId: string): string | null {
    return this.#memory.tasks[taskId]?.cause ?? null;
  }

  /** Whether this execution was taken into account already. */
  knows(taskId: string, startedAt: string): boolean {
    const known = this.#memory.tasks[taskId];
    return known !== undefined && startedAt <= known.at;
  }

  setCause(taskId: string, cause: string | null, startedAt: string): void {
    this.#memory.tasks[taskId] = { cause, at: startedAt };
    this.#changed = true;
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

  /** From now on only what happens after `at` is news. Forgets tasks that are gone. */
  settle(at: string, taskIds: ReadonlySet<string>): void {
    this.#memory.since = at;
    for (const known of [this.#memory.tasks, this.#memory.paused, this.#memory.missed]) {
      for (const taskId of Object.keys(known)) if (!taskIds.has(taskId)) Reflect.deleteProperty(known, taskId);
    }
    this.#changed = true;
  }

  /** Writes down what changed: one write for everything that was learned together. */
  save(): void {
    if (!this.#changed) return;
    this.#ledger.setMark(markName, JSON.stringify(this.#memory));
    this.#changed = false;
  }
}

/** A mark that another version wrote in another form is as good as none: at worst something is told twice. */
function kept(mark: string | null): Memory | null {
  if (mark === null) return null;
  try {
    return memorySchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
