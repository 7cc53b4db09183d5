/** Workers are up this long before the slot they are for: starting one takes a fraction of it, even on a busy machine. */
export const warmLeadMs = 5_000;

/** Tasks that were just fired take their workers within this time; what is idle after it is not needed. */
export const warmSettleMs = 5_000;

export interface WarmQuestion {
  readonly nowMs: number;
  /** Each group that will fire: its next slot, and how many tasks it starts then. */
  readonly groups: readonly { readonly slotMs: number; readonly tasks: number }[];
  /** Most idle workers wanted at a time; 0 for none. */
  readonly most: number;
  /** When groups were fired last while idle workers were up, or null. */
  readonly firedMs: number | null;
}

export interface WarmAnswer {
  /** Idle workers that should be up now; null to leave those that are to the tasks that just begin. */
  readonly count: number | null;
  /** When to ask again, in ms since 1970, if nothing fires or changes before; infinite for never. */
  readonly askAgainMs: number;
}

/** How many idle workers to have: as many as the groups due within `warmLeadMs` have tasks, and none otherwise. */
export function warmWorkers({ nowMs, groups, most, firedMs }: WarmQuestion): WarmAnswer {
  if (most === 0) return { count: 0, askAgainMs: Number.POSITIVE_INFINITY };
  const ahead = groups.filter(({ slotMs, tasks }) => slotMs > nowMs && tasks > 0);
  const near = ahead.filter(({ slotMs }) => slotMs - warmLeadMs <= nowMs);
  const tasks = near.reduce((sum, group) => sum + group.tasks, 0);
  const settledMs = firedMs === null ? nowMs : firedMs + warmSettleMs;
  // A clock that was set back must not keep workers up until it caught up.
  const settling = settledMs > nowMs && settledMs <= nowMs + warmSettleMs;
  const leads = ahead.map(({ slotMs }) => slotMs - warmLeadMs).filter((leadMs) => leadMs > nowMs);
  return {
    count: tasks === 0 && settling ? null : Math.min(tasks, most),
    askAgainMs: Math.min(...leads, settling ? settledMs : Number.POSITIVE_INFINITY),
  };
}
