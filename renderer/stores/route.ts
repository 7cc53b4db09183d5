import type { NavigationTarget } from '../../main/contract/control.ts';

export const taskTabs = ['runs', 'log', 'schedule', 'history', 'environment'] as const;
export type TaskTab = (typeof taskTabs)[number];

/** The current view of the window. Kept in the hash of the address, so that back, forward and reload work. */
export type Route =
  | { view: 'overview' }
  | { view: 'groups' }
  | { view: 'group'; timingId: string }
  | TaskRoute
  | { view: 'executions' }
  /** `line` is a line of its log, from 1. */
  | { view: 'execution'; executionId: string; line?: number }
  | { view: 'timeline' }
  | { view: 'activity' }
  | { view: 'insights' }
  | { view: 'others' }
  | { view: 'machines' }
  | { view: 'settings' };

/** The page of a task. `slot`, an ISO instant, is the slot that the Schedule tab explains; null for none. */
interface TaskRoute {
  view: 'task';
  taskId: string;
  tab: TaskTab;
  slot: string | null;
}

/** Returns the route to the page of a task. */
export const taskPage = (taskId: string, tab: TaskTab = 'runs', slot: string | null = null): TaskRoute => ({
  view: 'task',
  taskId,
  tab,
  slot,
});

/** The hash of the small quick-add window. */
export const QUICK_ADD_HASH = '#quick-add';

const plainViews = [
  'overview',
  'groups',
  'executions',
  'timeline',
  'activity',
  'insights',
  'others',
  'machines',
  'settings',
] as const;

/** Reads a route from a hash. An unknown hash leads to the overview. */
export function parseRoute(hash: string): Route {
  const [view = '', id, tab, slot] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (view === 'executions' && id !== undefined && id !== '') {
    // The second part of a run's hash is the line of its log.
    const line = /^L([1-9]\d{0,8})$/.exec(tab ?? '')?.[1];
    return { view: 'execution', executionId: id, ...(line !== undefined && { line: Number(line) }) };
  }
  if (view === 'groups' && id !== undefined && id !== '') return { view: 'group', timingId: id };
  if (view === 'tasks' && id !== undefined && id !== '') {
    return taskPage(id, taskTabs.find((candidate) => candidate === tab) ?? 'runs', slot ?? null);
  }
  const plain = plainViews.find((candidate) => candidate === view);
  return { view: plain ?? 'overview' };
}

/** A part of a hash that somebody typed may not be encoded correctly; it is then taken as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (thrown) {
    if (thrown instanceof URIError) return part;
    throw thrown;
  }
}

export function routeHash(route: Route): string {
  return `#/${partsOf(route).map(encodeURIComponent).join('/')}`;
}

function partsOf(route: Route): string[] {
  switch (route.view) {
    case 'execution':
      return ['executions', route.executionId, ...(route.line === undefined ? [] : [`L${route.line}`])];
    case 'group':
      return ['groups', route.timingId];
    case 'task':
      return ['tasks', route.taskId, route.tab, ...(route.slot === null ? [] : [route.slot])];
    default:
      return [route.view];
  }
}

/** Returns the route of a navigation request; null if it opens a dialog over the current view. */
export function routeOfTarget(target: NavigationTarget): Route | null {
  switch (target.view) {
    case 'proposal':
    case 'task':
    case 'new-task':
    case 'quick-add':
      return null;
    case 'execution':
      return {
        view: 'execution',
        executionId: target.executionId,
        ...(target.line !== undefined && { line: target.line }),
      };
    default:
      return { view: target.view };
  }
}
