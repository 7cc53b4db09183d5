import type { AttentionRules } from './resolved-policies.ts';

/** A slot that has neither started nor been decided. */
export interface OpenSlot {
  readonly slotMs: number;
  /** The task's random delay at this slot. */
  readonly delayMs: number;
}

export interface RunningFacts {
  readonly executionId: string;
  readonly startedMs: number;
  /** What the task usually takes; null if too few runs are known. */
  readonly usualMs: number | null;
}

export interface AttentionQuestion {
  readonly nowMs: number;
  readonly rules: AttentionRules;
  /** Slots up to now that should run, ascending. */
  readonly open: readonly OpenSlot[];
  readonly running: readonly RunningFacts[];
  /** The last success, or the instant since which the task has had its schedule, if that is later. */
  readonly lastGoodMs: number;
  /** False for a task that does not run on schedule now: it cannot be overdue. */
  readonly isActive: boolean;
}

export type AttentionNeed =
  | { readonly kind: 'late'; readonly sinceMs: number; readonly slotMs: number }
  | { readonly kind: 'long'; readonly sinceMs: number; readonly run: RunningFacts; readonly limitMs: number }
  | { readonly kind: 'overdue'; readonly sinceMs: number };

/** Returns what about a task needs attention now: by kind at most one, but each run that takes too long. */
export function attentionNeeds({ nowMs, rules, ...facts }: AttentionQuestion): AttentionNeed[] {
  const { lateAfterMs, longAfter, overdueAfterMs } = rules;
  const needs: AttentionNeed[] = [];
  if (lateAfterMs !== null) {
    const late = facts.open.find(({ slotMs, delayMs }) => nowMs - slotMs - delayMs > lateAfterMs);
    if (late !== undefined) {
      needs.push({ kind: 'late', sinceMs: late.slotMs + late.delayMs + lateAfterMs, slotMs: late.slotMs });
    }
  }
  for (const run of facts.running) {
    const limitMs = limitOfRun(longAfter, run.usualMs);
    if (limitMs === null || nowMs - run.startedMs <= limitMs) continue;
    needs.push({ kind: 'long', sinceMs: run.startedMs + limitMs, run, limitMs });
  }
  if (overdueAfterMs !== null && facts.isActive && nowMs - facts.lastGoodMs > overdueAfterMs) {
    needs.push({ kind: 'overdue', sinceMs: facts.lastGoodMs + overdueAfterMs });
  }
  return needs;
}

/** Returns after how many ms a run takes too long; null if there is no limit, or not enough runs to know it. */
function limitOfRun(longAfter: AttentionRules['longAfter'], usualMs: number | null): number | null {
  if (longAfter === null) return null;
  if (longAfter.ms !== undefined) return longAfter.ms;
  return usualMs === null || longAfter.factor === undefined ? null : longAfter.factor * usualMs;
}

/** Returns by how many ms a run started after its slot and delay, if that is more than the limit; otherwise null. */
export function lateStartMs(startedMs: number, { slotMs, delayMs }: OpenSlot, { lateAfterMs }: AttentionRules) {
  const lateMs = startedMs - slotMs - delayMs;
  return lateAfterMs !== null && lateMs > lateAfterMs ? startedMs - slotMs : null;
}
