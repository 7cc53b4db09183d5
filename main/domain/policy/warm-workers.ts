/** Workers are up this long before the slot they are for: starting one takes a fraction of it, even on a busy machine. */
const warmLeadMs = 5_000;

/** And earlier by this much for each of them: started together they wait for each other's share of the processors. */
const warmLeadPerWorkerMs = 100;

/** Tasks that were just fired take their workers within this time; what is idle after it is not needed. */
const warmSettleMs = 5_000;

export interface WarmQuestion {
  readonly nowMs: number;
  /** Each group that will fire: its next slot, and the tools of the tasks it starts then. */
  readonly groups: readonly { readonly slotMs: number; readonly tools: readonly string[] }[];
  /** Most idle workers wanted at a time; 0 for none. */
  readonly most: number;
  /** When groups were fired last while idle workers were up, or null. */
  readonly firedMs: number | null;
}

export interface WarmAnswer {
  /** A tool for each idle worker that should be up now; null to leave those that are to the tasks that just begin. */
  readonly tools: readonly string[] | null;
  /** When to ask again, in ms since 1970, if nothing fires or changes before; infinite for never. */
  readonly askAgainMs: number;
}

/** Which idle workers to have: one for each task of the groups that are due soon, the soonest first, and none otherwise. */
export function warmWorkers({ nowMs, groups, most, firedMs }: WarmQuestion): WarmAnswer {
  if (most === 0) return { tools: [], askAgainMs: Number.POSITIVE_INFINITY };
  const leadMs = (tasks: number): number => warmLeadMs + warmLeadPerWorkerMs * Math.min(tasks, most);
  const ahead = groups
    .filter(({ slotMs, tools }) => slotMs > nowMs && tools.length > 0)
    .map(({ slotMs, tools }) => ({ slotMs, tools, upMs: slotMs - leadMs(tools.length) }))
    .sort((a, b) => a.slotMs - b.slotMs);
  const near = ahead.filter(({ upMs }) => upMs <= nowMs).flatMap(({ tools }) => tools);
  const settledMs = firedMs === null ? nowMs : firedMs + warmSettleMs;
  // A clock that was set back must not keep workers up until it caught up.
  const settling = settledMs > nowMs && settledMs <= nowMs + warmSettleMs;
  const later = ahead.map(({ upMs }) => upMs).filter((upMs) => upMs > nowMs);
  return {
    tools: near.length === 0 && settling ? null : near.slice(0, most),
    askAgainMs: Math.min(...later, settling ? settledMs : Number.POSITIVE_INFINITY),
  };
}
