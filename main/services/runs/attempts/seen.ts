import { createHash } from 'node:crypto';
import { seenSchema, type Seen } from '../../../contract/probe.ts';
import type { Task } from '../../../contract/task.ts';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';

/** The mark with the answer of a task's probe that counted last. Empty after a person had it forgotten. */
export const seenMark = (taskId: string): string => `seen:${taskId}`;

/** Returns what the probe saw when it last counted; null before its first look, and after a change of what it asks. */
export function seenBefore(mark: Marks['mark'], task: Task): Seen | null {
  const stored = mark(seenMark(task.id));
  if (stored === null || stored === '') return null;
  const { of, ...seen } = seenSchema.extend(storedFields).parse(JSON.parse(stored));
  return of === askedBy(task) ? seen : null;
}

/** Returns the mark that stores what a probe saw, to be written in the transaction of its run's outcome. */
export function rememberedSeen(task: Task, seen: Seen): { readonly name: string; readonly value: string } {
  return { name: seenMark(task.id), value: JSON.stringify({ ...seen, of: askedBy(task) }) };
}

const storedFields = { of: seenSchema.shape.hash };

/** Returns a fingerprint of what a probe asks and compares: answers to different questions are not compared. */
function askedBy({ tool, parameters, policies }: Task): string {
  const { probe = {} } = policies ?? {};
  const { path = null, pattern = null, ignore = [] } = probe;
  const call =
    probe.tool === undefined ? { tool, parameters } : { tool: probe.tool, parameters: probe.parameters ?? {} };
  return createHash('sha256')
    .update(canonicalJson({ ...call, path, pattern, ignore }))
    .digest('hex')
    .slice(0, 32);
}
