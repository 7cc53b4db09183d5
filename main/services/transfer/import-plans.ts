import type { ImportAction, ImportOptions } from '../../contract/transfer.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { ImportCandidate } from './import-source.ts';
import { differingFields, isState, sameWork } from './same-task.ts';

/** What an import does with one task of the file. */
export interface Plan {
  readonly candidate: ImportCandidate;
  readonly action: ImportAction;
  readonly choices: readonly ImportAction[];
  /** The task here that has the same id or name. */
  readonly present: Task | null;
  readonly reason: string | null;
}

export interface PlanOptions extends Pick<ImportOptions, 'policy' | 'decisions'> {
  /** The tasks come from another machine, and a person must check them before they run here. */
  readonly unchecked: boolean;
}

/** Decides for each task of a file, by the person's decision or the policy. */
export function planTasks(
  file: ScheduleFile,
  named: TasksByName,
  candidates: readonly ImportCandidate[],
  options: PlanOptions,
): Plan[] {
  const taken = new Set<string>();
  return candidates.map((candidate) => planOnce(planTask(file, named, candidate, options), taken));
}

function planTask(
  file: ScheduleFile,
  all: TasksByName,
  candidate: ImportCandidate,
  { policy, decisions, unchecked }: PlanOptions,
): Plan {
  const { byId, named } = presentTasks(file, all, candidate);
  const decision = Object.hasOwn(decisions, candidate.key) ? decisions[candidate.key] : undefined;
  const same = byId === null ? named.find((task) => sameWork(task, candidate.task)) : byId;
  // Their state is decided here, so that a second import of the same file finds the task.
  const isSame = (task: Task): boolean =>
    differingFields(task, candidate.task).every((name) => unchecked && isState(name));
  if (same !== undefined && (byId === null || isSame(same))) {
    const reason = 'The same task already exists.';
    const action = decision === 'add' ? 'add' : 'skip';
    return { candidate, action, choices: ['skip', 'add'], present: same, reason };
  }
  const [onlyNamed, second] = named;
  const present = byId ?? onlyNamed ?? null;
  if (present === null)
    return { candidate, action: decision === 'skip' ? 'skip' : 'add', choices: ['add', 'skip'], present, reason: null };
  const replaceable = byId !== null || second === undefined;
  const wanted = decision ?? (policy === 'copy' ? 'add' : policy);
  return {
    candidate,
    action: wanted === 'replace' && !replaceable ? 'add' : wanted,
    choices: replaceable ? ['add', 'replace', 'skip'] : ['add', 'skip'],
    present,
    reason: replaceable
      ? `"${present.name}" already exists with another definition.`
      : `${named.length} tasks here are named "${candidate.task.name}", so none of them is replaced.`,
  };
}

/** Tasks of a file may share a name: only the first of them can replace the task here. */
function planOnce(plan: Plan, taken: Set<string>): Plan {
  if (plan.action !== 'replace' || plan.present === null) return plan;
  if (taken.has(plan.present.id)) return { ...plan, action: 'add' };
  taken.add(plan.present.id);
  return plan;
}

/** The tasks here by their name in lower case. */
export type TasksByName = ReadonlyMap<string, Task[]>;

export function tasksByName(file: ScheduleFile): TasksByName {
  const all = new Map<string, Task[]>();
  for (const task of Object.values(file.tasks)) {
    const name = task.name.toLowerCase();
    const named = all.get(name);
    if (named === undefined) all.set(name, [task]);
    else named.push(task);
  }
  return all;
}

function presentTasks(
  file: ScheduleFile,
  all: TasksByName,
  { task }: ImportCandidate,
): { byId: Task | null; named: readonly Task[] } {
  const byId = Object.hasOwn(file.tasks, task.id) ? (file.tasks[task.id] ?? null) : null;
  return { byId, named: all.get(task.name.toLowerCase()) ?? [] };
}
