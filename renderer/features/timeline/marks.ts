import type { Execution, SlotRecord } from '../../../main/contract/execution.ts';
import { text } from '../../text/en.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import { formatMoment } from '../../text/format.ts';
import { isFailure } from '../../ui/failure.ts';

/** Worst last, because later marks are drawn on top of earlier ones. */
const tones = ['due', 'quiet', 'missed', 'good', 'running', 'doubtful', 'bad'] as const;
type Tone = (typeof tones)[number];

/** A mark on a lane, between two instants in ms. */
export interface Mark {
  from: number;
  to: number;
  tone: Tone;
  label: string;
  /** Number of runs or slots merged into this mark. */
  count: number;
  /** The execution to open; null if there is none or several. */
  executionId: string | null;
  /** The slot that did not run, to open its reason; of merged marks the latest. Absent for runs and upcoming slots. */
  notRun?: { taskId: string; slot: string };
}

export function markOfExecution(execution: Execution, now: number): Mark {
  const from = Date.parse(execution.startedAt);
  const to = execution.status === 'running' ? now : from + (execution.duration ?? 0);
  return {
    from,
    to,
    tone: toneOf(execution),
    label: text.timeline.run(
      execution.taskName,
      execution.doubt === undefined ? text.executions.status[execution.status] : text.doubts.status,
      formatMoment(execution.startedAt, now),
      formatDuration(to - from),
    ),
    count: 1,
    executionId: execution.executionId,
  };
}

function toneOf({ status, doubt }: Execution): Tone {
  if (status === 'running') return 'running';
  if (isFailure(status)) return 'bad';
  if (doubt !== undefined) return 'doubtful';
  return status === 'success' ? 'good' : 'quiet';
}

/** The mark of a slot that did not run, with the reason. */
export const markOfMissed = (record: SlotRecord, taskName: string, now: number): Mark => ({
  from: Date.parse(record.slot),
  to: Date.parse(record.slot),
  tone: 'missed',
  label: text.timeline.missed(
    taskName,
    formatMoment(record.slot, now),
    record.detail ?? (record.reason === null ? text.timeline.noReason : text.timeline.reasons[record.reason]),
  ),
  count: 1,
  executionId: null,
  notRun: { taskId: record.taskId, slot: record.slot },
});

/** The mark of an upcoming slot, as long as its tasks usually take. */
export const markOfSlot = (slot: string, names: string, usual: number, now: number): Mark => ({
  from: Date.parse(slot),
  to: Date.parse(slot) + usual,
  tone: 'due',
  label: text.timeline.planned(names, formatMoment(slot, now)),
  count: 1,
  executionId: null,
});

/**
 * Merges marks of the same tone that are closer than `gap` ms, so that a task that runs every minute is one bar over a
 * week, not ten thousand elements. Marks stay in time order, worse tones last.
 */
export function mergeMarks(marks: readonly Mark[], gap: number): Mark[] {
  return tones.flatMap((tone) => {
    const merged: Mark[] = [];
    for (const mark of marks.filter((each) => each.tone === tone).sort((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last && mark.from - last.to <= gap) merged[merged.length - 1] = join(last, mark);
      else merged.push(mark);
    }
    return merged;
  });
}

const join = (a: Mark, b: Mark): Mark => ({
  from: a.from,
  to: Math.max(a.to, b.to),
  tone: a.tone,
  label: a.count > 2 ? a.label : `${a.label}\n${b.label}`,
  count: a.count + b.count,
  executionId: null,
  ...(b.notRun && { notRun: b.notRun }),
});
