import type { SlotRecord } from '../../../contract/execution.ts';
import type { Strip, StripGap, StripRun } from '../../../contract/task-report.ts';

/**
 * Returns runs and the slots between them that did not run, oldest first. Neighbouring slots with the same reason are
 * one gap, so that a pause of a day is one mark, not 1,440.
 */
export function stripOf(runs: readonly StripRun[], notRun: readonly SlotRecord[]): Strip {
  const entries = [
    ...runs.map((run) => ({ atMs: Date.parse(run.startedAt), entry: run })),
    ...notRun.map((record) => ({ atMs: Date.parse(record.slot), entry: gapOf(record) })),
  ].sort((left, right) => left.atMs - right.atMs);
  const strip: Strip = [];
  for (const { entry } of entries) {
    const last = strip.at(-1);
    if (last?.kind === 'gap' && entry.kind === 'gap' && isSameReason(last, entry)) {
      strip[strip.length - 1] = { ...last, to: entry.to, count: last.count + 1 };
    } else {
      strip.push(entry);
    }
  }
  return strip;
}

const gapOf = ({ slot, reason, detail }: SlotRecord): StripGap => ({
  ...{ kind: 'gap', from: slot, to: slot, count: 1 },
  ...{ reason, detail },
});

const isSameReason = (left: StripGap, right: StripGap): boolean =>
  left.reason === right.reason && left.detail === right.detail;
