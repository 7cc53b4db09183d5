import { z } from 'zod';
import { attentionKindSchema, type Attention } from '../../contract/attention.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Store } from '../../ports/store.ts';
import type { TaskAttention } from './task-attention.ts';

const notified = 'attention';

const episodeSchema = z.object({
  taskId: z.string(),
  kind: attentionKindSchema,
  /** ISO instant; null unless `late`. */
  slot: z.string().nullable(),
  /** Null unless `long`. */
  executionId: z.string().nullable(),
});
/** Something that needs attention, from its notification until it is over. */
export type Episode = z.infer<typeof episodeSchema>;
const episodesSchema = z.record(z.string(), episodeSchema);

export interface AttentionNews {
  readonly begun: readonly { readonly task: Task; readonly attention: Attention }[];
  /** `task` is null if it was deleted. */
  readonly over: readonly { readonly task: Task | null; readonly episode: Episode }[];
}

export interface AttentionWatchNeeds {
  readonly store: Store;
  readonly ledger: Marks;
  readonly attention: Pick<TaskAttention, 'of'>;
  /** Where the ledger remembers it. @default that of notifications */
  readonly markName?: string;
}

/**
 * Finds what began to need attention and what is over. The ledger remembers it, so that there is one notification for
 * each, whichever process finds it and however often it restarts.
 */
export class AttentionWatch {
  readonly #needs: AttentionWatchNeeds;
  #told: Record<string, Episode> | null = null;

  constructor(needs: AttentionWatchNeeds) {
    this.#needs = needs;
  }

  get #markName(): string {
    return this.#needs.markName ?? notified;
  }

  /** True while something that was found still needs attention. */
  get hasOpen(): boolean {
    return Object.keys(this.#told ?? {}).length > 0;
  }

  /** Returns what changed since the last call of any process, and remembers it. */
  check(): AttentionNews {
    const { store, ledger } = this.#needs;
    if (store.state().state !== 'ok') return { begun: [], over: [] };
    const file = store.read();
    const news = this.#compare(file);
    if (news.begun.length + news.over.length > 0) ledger.setMark(this.#markName, JSON.stringify(this.#told));
    return news;
  }

  /** Returns the tasks among these for which `check` would find something new. Remembers nothing. */
  untold(taskIds: readonly string[]): string[] {
    const { store, attention, ledger } = this.#needs;
    const file = store.read();
    const told = keptEpisodes(ledger.mark(this.#markName));
    const tasks = taskIds.flatMap((id) => file.tasks[id] ?? []);
    const now = [...attention.of(tasks, file)];
    return now.flatMap(([taskId, all]) => (all.some((each) => told[keyOf(taskId, each)] === undefined) ? taskId : []));
  }

  #compare(file: ScheduleFile): AttentionNews {
    const told = (this.#told ??= keptEpisodes(this.#needs.ledger.mark(this.#markName)));
    const now: Record<string, Episode> = {};
    const begun: AttentionNews['begun'][number][] = [];
    for (const [taskId, all] of this.#needs.attention.of(Object.values(file.tasks), file)) {
      for (const attention of all) {
        const key = keyOf(taskId, attention);
        const { kind, slot, executionId } = attention;
        now[key] = told[key] ?? { taskId, kind, slot, executionId };
        const task = file.tasks[taskId];
        if (told[key] === undefined && task !== undefined) begun.push({ task, attention });
      }
    }
    const ended = Object.entries(told).filter(([key]) => now[key] === undefined);
    this.#told = now;
    return { begun, over: ended.map(([, episode]) => ({ task: file.tasks[episode.taskId] ?? null, episode })) };
  }
}

/**
 * Each run of a task can take too long, and each day or month can have its budget used up, even if nobody looked between
 * two of them; a task is late or overdue as a whole.
 */
function keyOf(taskId: string, { kind, executionId, since }: Attention): string {
  return JSON.stringify([kind, taskId, kind === 'budget' ? since : executionId]);
}

/** Ignores a mark in another version's format: at worst a notification is repeated. */
function keptEpisodes(mark: string | null): Record<string, Episode> {
  if (mark === null) return {};
  try {
    return episodesSchema.safeParse(JSON.parse(mark)).data ?? {};
  } catch {
    return {};
  }
}
