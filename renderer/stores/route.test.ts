import { expect, test } from 'vitest';
import { parseRoute, routeHash, routeOfTarget, taskPage } from './route.ts';
import type { Route } from './route.ts';

test('every route is read back from its hash', () => {
  const routes: Route[] = [
    { view: 'overview' },
    { view: 'groups' },
    { view: 'executions' },
    { view: 'execution', executionId: 'a/b c' },
    { view: 'execution', executionId: 'a', line: 120 },
    { view: 'group', timingId: 'daily-9am' },
    taskPage('a/b c'),
    taskPage('x', 'schedule', '2026-11-25T10:00:00.000Z'),
    { view: 'timeline' },
    { view: 'insights' },
    { view: 'settings' },
  ];
  for (const route of routes) expect(parseRoute(routeHash(route))).toEqual(route);
});

test('an unknown hash leads to the overview', () => {
  for (const hash of ['', '#', '#/nowhere', '#/execution', '#/executions/']) {
    expect(['overview', 'executions']).toContain(parseRoute(hash).view);
  }
  expect(parseRoute('#/nowhere')).toEqual({ view: 'overview' });
  expect(parseRoute('#/tasks/x/nowhere')).toEqual(taskPage('x', 'runs'));
  expect(parseRoute('#/tasks/100%')).toEqual(taskPage('100%'));
});

test('the line of a link stays, and an invalid one is left out', () => {
  const target = { view: 'execution', executionId: 'x', line: 7 } as const;
  expect(routeOfTarget(target)).toEqual(target);
  expect(parseRoute('#/executions/x/L0')).toEqual({ view: 'execution', executionId: 'x' });
});

test('targets that open a dialog have no route', () => {
  expect(routeOfTarget({ view: 'new-task' })).toBeNull();
  expect(routeOfTarget({ view: 'quick-add' })).toBeNull();
  expect(routeOfTarget({ view: 'execution', executionId: 'x' })).toEqual({ view: 'execution', executionId: 'x' });
});
