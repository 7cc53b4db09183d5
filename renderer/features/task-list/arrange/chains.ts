import type { TaskView } from '../../../../main/contract/task.ts';

/** A task as a link of a chain. */
export interface ChainLink {
  readonly task: TaskView;
  /** How far it is indented: 0, or one more than the task that it is drawn beneath. */
  readonly depth: number;
}

/** Deeper chains are drawn at this depth: names need the room. */
const deepest = 6;

/** Returns the ids of the tasks after which a task runs. */
const predecessorsOf = (task: TaskView): readonly string[] => (task.policies?.after ?? []).map(({ taskId }) => taskId);

/** Returns tasks in their order, but each that runs after another one of them directly beneath it. */
export function inChains(tasks: readonly TaskView[]): ChainLink[] {
  const listed = new Set(tasks.map(({ id }) => id));
  const parentOf = (task: TaskView) => predecessorsOf(task).find((id) => id !== task.id && listed.has(id));
  const followers = new Map<string, TaskView[]>();
  for (const task of tasks) {
    const parent = parentOf(task);
    if (parent !== undefined) followers.set(parent, [...(followers.get(parent) ?? []), task]);
  }
  if (followers.size === 0) return tasks.map((task) => ({ task, depth: 0 }));
  const links: ChainLink[] = [];
  const drawn = new Set<string>();
  const draw = (first: TaskView) => {
    // A stack, because a chain may be longer than calls can be deep.
    const open: ChainLink[] = [{ task: first, depth: 0 }];
    for (let link = open.pop(); link !== undefined; link = open.pop()) {
      if (drawn.has(link.task.id)) continue;
      drawn.add(link.task.id);
      links.push(link);
      const depth = Math.min(deepest, link.depth + 1);
      open.push(...(followers.get(link.task.id) ?? []).map((task) => ({ task, depth })).reverse());
    }
  };
  for (const task of tasks) if (parentOf(task) === undefined) draw(task);
  // Circles, which older versions could save, have no first task.
  for (const task of tasks) draw(task);
  return links;
}
