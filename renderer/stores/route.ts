import type { NavigationTarget } from '../../main/contract/control.ts';

/** The current view of the window. Kept in the hash of the address, so that back, forward and reload work. */
export type Route =
  | { view: 'overview' }
  | { view: 'groups' }
  | { view: 'executions' }
  /** `line` is a line of its log, from 1. */
  | { view: 'execution'; executionId: string; line?: number }
  | { view: 'timeline' }
  | { view: 'activity' }
  | { view: 'settings' };

/** The hash of the small quick-add window. */
export const QUICK_ADD_HASH = '#quick-add';

const plainViews = ['overview', 'groups', 'executions', 'timeline', 'activity', 'settings'] as const;

/** Reads a route from a hash. An unknown hash leads to the overview. */
export function parseRoute(hash: string): Route {
  const [view = '', id, place] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'executions' && id !== undefined && id !== '') {
    const line = /^L([1-9]\d{0,8})$/.exec(place ?? '')?.[1];
    return {
      view: 'execution',
      executionId: decodeURIComponent(id),
      ...(line !== undefined && { line: Number(line) }),
    };
  }
  const plain = plainViews.find((candidate) => candidate === view);
  return { view: plain ?? 'overview' };
}

export function routeHash(route: Route): string {
  if (route.view !== 'execution') return `#/${route.view}`;
  const line = route.line === undefined ? '' : `/L${route.line}`;
  return `#/executions/${encodeURIComponent(route.executionId)}${line}`;
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
