import type { NavigationTarget } from '../../main/contract/control.ts';

/** Where the window is. Kept in the address's hash, so that back, forward and reload work. */
export type Route =
  | { view: 'overview' }
  | { view: 'groups' }
  | { view: 'executions' }
  | { view: 'execution'; executionId: string }
  | { view: 'timeline' }
  | { view: 'settings' };

/** The hash of the small quick-add window, a page of its own. */
export const QUICK_ADD_HASH = '#quick-add';

const plainViews = ['overview', 'groups', 'executions', 'timeline', 'settings'] as const;

/** Anything unknown leads to the overview. */
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

/** The route a navigation request shows; null where it opens a dialog over the present one. */
export function routeOfTarget(target: NavigationTarget): Route | null {
  switch (target.view) {
    case 'proposal':
    case 'new-task':
    case 'quick-add':
      return null;
    case 'execution':
      return { view: 'execution', executionId: target.executionId };
    default:
      return { view: target.view };
  }
}
