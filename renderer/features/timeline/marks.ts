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
  /** It is a run that another run started, or that started others. Absent for every other mark. */
  link?: 'follows' | 'leads' | 'both';
  /** The slot that did not run, to open its reason; of merged marks the latest. Absent for runs and upcoming slots. */
  notRun?: { taskId: string; slot: string };
}

/** The mark of a run. @param followers the names of the tasks that ran because of it */
export function markOfExecution(execution: Execution, now: number, followers: readonly string[] = []): Mark {
  const cause = execution.cause?.taskName;
  const link = cause === undefined ? 'leads' : followers.length === 0 ? 'follows' : 'both';
  const from = Date.parse(execution.startedAt);
  const to = execution.status === 'running' ? now : from + (execution.duration ?? 0);
  return {
    from,
    to,
    tone: toneOf(execution),
    label: [
      text.timeline.run(
        execution.taskName,
        execution.doubt === undefined ? text.executions.status[execution.status] : text.doubts.status,
        formatMoment(execution.startedAt, now),
        formatDuration(to - from),
      ),
      ...(cause === undefined ? [] : [text.timeline.follows(cause)]),
      ...(followers.length === 0 ? [] : [text.timeline.leads(followers)]),
    ].join('\n'),
    count: 1,
    executionId: execution.executionId,
    ...((cause !== undefined || followers.length > 0) && { link }),
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
  ...linkOf(a, b),
});

/** A merged mark shows what any of its runs has to do with others. */
function linkOf({ link: one }: Mark, { link: other }: Mark): Pick<Mark, 'link'> {
  const link = one === undefined || one === other ? other : other === undefined ? one : 'both';
  return link === undefined ? {} : { link };
}

/** Returns, by the run that led to them, the names of the tasks that ran because of it. */
export function followersOf(executions: readonly Execution[]): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>();
  for (const { cause, taskName } of executions) {
    if (cause === undefined) continue;
    const names = followers.get(cause.executionId) ?? [];
    if (!names.includes(taskName)) names.push(taskName);
    followers.set(cause.executionId, names);
  }
  return followers;
}
