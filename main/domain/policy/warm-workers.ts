/** How long before their slot idle workers start. Starting one takes a fraction of this, even on a busy machine. */
const warmLeadMs = 5_000;

/** Additional lead time per worker: workers that start together share the processors. */
const warmLeadPerWorkerMs = 100;

/** Time within which tasks that just fired take their workers. Workers still idle after it are not needed. */
const warmSettleMs = 5_000;

export interface WarmQuestion<T> {
  readonly nowMs: number;
  /** The groups that will fire, each with its next slot and the tasks that start then. */
  readonly groups: readonly { readonly slotMs: number; readonly tasks: readonly T[] }[];
  /** Returns the tool for which a task needs a worker of its own; null for a task that uses a shared one. */
  readonly toolOf: (task: T) => string | null;
  /** Maximum number of idle workers; 0 for none. */
  readonly most: number;
  /** When groups last fired while idle workers were running, or null. */
  readonly firedMs: number | null;
}

export interface WarmAnswer {
  /**
   * A tool for each idle worker that should be running now; null to leave the running ones to the tasks that are
   * starting.
   */
  readonly tools: readonly string[] | null;
  /** Whether a shared worker should be running now. */
  readonly shared: boolean;
  /** When to ask again if nothing fires or changes before, in ms since 1970; infinite for never. */
  readonly askAgainMs: number;
}

/** Returns which idle workers to run: one for each task of the groups that are due soon, soonest first, and one for all that share. */
export function warmWorkers<T>({ nowMs, groups, toolOf, most, firedMs }: WarmQuestion<T>): WarmAnswer {
  if (most === 0) return { tools: [], shared: false, askAgainMs: Number.POSITIVE_INFINITY };
  const leadMs = (tasks: number): number => warmLeadMs + warmLeadPerWorkerMs * Math.min(tasks, most);
  const ahead = groups
    .filter(({ slotMs, tasks }) => slotMs > nowMs && tasks.length > 0)
    .map(({ slotMs, tasks }) => ({ slotMs, tasks, upMs: slotMs - leadMs(tasks.length) }))
    .sort((a, b) => a.slotMs - b.slotMs);
  const near = ahead.filter(({ upMs }) => upMs <= nowMs).flatMap(({ tasks }) => tasks.map(toolOf));
  const settledMs = firedMs === null ? nowMs : firedMs + warmSettleMs;
  // If the clock was set back, workers must not stay until it catches up.
  const settling = settledMs > nowMs && settledMs <= nowMs + warmSettleMs;
  const later = ahead.map(({ upMs }) => upMs).filter((upMs) => upMs > nowMs);
  return {
    tools: near.length === 0 && settling ? null : near.filter((tool) => tool !== null).slice(0, most),
    shared: near.includes(null),
    askAgainMs: Math.min(...later, settling ? settledMs : Number.POSITIVE_INFINITY),
  };
}
