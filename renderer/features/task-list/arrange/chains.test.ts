import { expect, test } from 'vitest';
import { sampleTask } from '../../../testing/samples.ts';
import { inChains } from './chains.ts';

const task = (id: string, ...after: string[]) =>
  sampleTask({ id, name: id, policies: { after: after.map((taskId) => ({ taskId, on: 'success' as const })) } });
const drawn = (...tasks: ReturnType<typeof task>[]) =>
  inChains(tasks).map(({ task: { id }, depth }) => '>'.repeat(depth) + id);

test('tasks without links keep their order', () => {
  expect(drawn(task('b'), task('a'))).toEqual(['b', 'a']);
});

test('a task that runs after another is drawn beneath it, and so on', () => {
  const all = [task('a', 'z'), task('b'), task('c', 'a'), task('d', 'z'), task('z')];
  expect(drawn(...all)).toEqual(['b', 'z', '>a', '>>c', '>d']);
});

test('a task that runs after one that is not listed stands by itself', () => {
  expect(drawn(task('a', 'elsewhere'), task('b', 'elsewhere', 'a'))).toEqual(['a', '>b']);
});

test('a task is drawn once, under the first task that it runs after', () => {
  expect(drawn(task('a'), task('b'), task('c', 'b', 'a'))).toEqual(['a', 'b', '>c']);
});

test('tasks in a circle are all drawn, once', () => {
  expect(drawn(task('a', 'b'), task('b', 'a'), task('c', 'c'), task('d', 'a'))).toEqual(['c', 'a', '>b', '>d']);
});

test('a chain of thousands is drawn, not deeper than its names leave room', () => {
  const long = Array.from({ length: 5000 }, (_, index) => task(`t${index}`, ...(index === 0 ? [] : [`t${index - 1}`])));
  const links = inChains(long);
  expect(links).toHaveLength(5000);
  expect(Math.max(...links.map(({ depth }) => depth))).toBe(6);
});
