import { describe, expect, test } from 'vitest';
import { sampleTask } from '../../testing/samples.ts';
import { afterWords, circleWith, followersOf, linksOf, type ChainLink } from './links.ts';

const task = (id: string, ...after: string[]) =>
  sampleTask({
    id,
    name: id.toUpperCase(),
    ...(after.length === 0 ? {} : { policies: { after: after.map((taskId) => ({ taskId, on: 'success' as const })) } }),
  });

describe('a circle', () => {
  // c runs after b, and b after a.
  const tasks = [task('a'), task('b', 'a'), task('c', 'b', 'gone'), task('d')];

  test('is refused with its path', () => {
    expect(circleWith({ id: 'a', name: 'A' }, 'c', tasks)).toBe('A after C after B after A');
    expect(circleWith({ id: 'a', name: 'A' }, 'b', tasks)).toBe('A after B after A');
    expect(circleWith({ id: 'a', name: 'A' }, 'a', tasks)).toBe('A after A');
  });

  test('is none where tasks only follow each other, or one is deleted', () => {
    expect(circleWith({ id: 'c', name: 'C' }, 'a', tasks)).toBeNull();
    expect(circleWith({ id: 'd', name: 'D' }, 'c', tasks)).toBeNull();
    expect(circleWith({ id: 'd', name: 'D' }, 'gone', tasks)).toBeNull();
  });

  test('that others form already does not keep the search going', () => {
    const round = [task('a', 'b'), task('b', 'a')];
    expect(circleWith({ id: 'c', name: 'C' }, 'a', round)).toBeNull();
  });

  test('of a new task, which nothing can follow, is impossible', () => {
    expect(circleWith({ id: '', name: 'New' }, 'c', tasks)).toBeNull();
  });
});

test('links are said in words', () => {
  const links: ChainLink[] = [
    { taskId: 'a', on: 'success' },
    { taskId: 'b', on: 'failure' },
    { taskId: 'c', on: 'end' },
  ];
  const names: Record<string, string> = { a: 'Backup', b: 'Upload' };
  expect(afterWords(links, (id) => names[id])).toBe('after Backup, after Upload fails, after a deleted task ends');
  expect(afterWords([], () => undefined)).toBe('');
});

test('a task knows what follows it, and a task without links has the same empty list each time', () => {
  const tasks = [task('a'), task('b', 'a'), task('c', 'a', 'b')];
  expect(followersOf('a', tasks).map((each) => each.task.id)).toEqual(['b', 'c']);
  expect(linksOf(tasks[0])).toBe(linksOf(undefined));
});
