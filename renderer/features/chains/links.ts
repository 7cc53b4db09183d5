import type { Policies, TaskView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';

/** Another task after which a task runs too, and after which outcome. */
export type ChainLink = NonNullable<Policies['after']>[number];

type Linked = Pick<TaskView, 'id' | 'name' | 'policies'>;

const none: readonly ChainLink[] = [];

/** Returns the links of a task: always the same empty list if it has none. */
export const linksOf = (task: Pick<TaskView, 'policies'> | undefined): readonly ChainLink[] =>
  task?.policies?.after ?? none;

/** Returns the tasks that run after this one, in the order of the list. */
export const followersOf = (taskId: string, tasks: readonly Linked[]): { task: Linked; link: ChainLink }[] =>
  tasks.flatMap((task) =>
    linksOf(task)
      .filter((link) => link.taskId === taskId)
      .map((link) => ({ task, link })),
  );

/**
 * Returns the names along which a task would run after itself if it also ran after `otherId`, as the product says them:
 * `Report after Backup after Report`. Null if it would not.
 */
export function circleWith(
  task: { id: string; name: string },
  otherId: string,
  tasks: readonly Linked[],
): string | null {
  if (otherId === task.id) return text.chains.path([task.name, task.name]);
  const known = new Map(tasks.map((each) => [each.id, each]));
  const seen = new Set<string>();
  const search = (id: string, names: readonly string[]): string | null => {
    if (id === task.id) return text.chains.path([...names, task.name]);
    const next = known.get(id);
    if (next === undefined || seen.has(id)) return null;
    seen.add(id);
    for (const { taskId } of linksOf(next)) {
      const found = search(taskId, [...names, next.name]);
      if (found !== null) return found;
    }
    return null;
  };
  return search(otherId, [task.name]);
}

/** Says after which tasks a task runs: `after Backup`, `after Backup fails and after Upload`. Empty without links. */
export function afterWords(links: readonly ChainLink[], nameOf: (taskId: string) => string | undefined): string {
  return links.map(({ taskId, on }) => text.chains.after[on](nameOf(taskId) ?? text.chains.gone)).join(text.chains.and);
}
