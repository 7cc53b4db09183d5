import type { NavigationTarget } from '../../main/contract/control.ts';

/** The current view of the window. Kept in the hash of the address, so that back, forward and reload work. */
export type Route =
  | { view: 'overview' }
  | { view: 'groups' }
  | { view: 'executions' }
  | { view: 'execution'; executionId: string }
  | { view: 'timeline' }
  | { view: 'activity' }
  | { view: 'settings' };

/** The hash of the small quick-add window. */
export const QUICK_ADD_HASH = '#quick-add';

const plainViews = ['overview', 'groups', 'executions', 'timeline', 'activity', 'settings'] as const;

/** Reads a route from a hash. An unknown hash leads to the overview. */
export function parseRoute(hash: string): Route {
  const [view = '', id] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'executions' && id !== undefined && id !== '') {
    return { view: 'execution', executionId: decodeURIComponent(id) };
  }
  const plain = plainViews.find((candidate) => candidate === view);
  return { view: plain ?? 'overview' };
}

export function routeHash(route: Route): string {
  return route.view === 'execution' ? `#/executions/${encodeURIComponent(route.executionId)}` : `#/${route.view}`;
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
      return { view: 'execution', executionId: target.executionId };
    default:
      return { view: target.view };
  }
}
