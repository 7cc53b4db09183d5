import { expect, test } from 'vitest';
import { activeAfter, insideOf } from './folder-keys.ts';

test.each([
  ['/home/person', 'projects', '/home/person/projects'],
  ['/', 'srv', '/srv'],
  ['/odd\\name', 'a', '/odd\\name/a'],
  ['C:\\', 'Users', 'C:\\Users'],
  ['C:\\Users', 'ada', 'C:\\Users\\ada'],
  ['\\\\server\\share', 'a', '\\\\server\\share\\a'],
])('the folder in %s is %s: %s', (path, name, inside) => {
  expect(insideOf(path, name)).toBe(inside);
});

const names = ['api', 'backup', 'Books', 'work', '.git'];
test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 0, 0],
  ['End', 0, 4],
  ['Home', 3, 0],
  ['b', 0, 1],
  ['b', 1, 2],
  ['B', 2, 1],
  ['.', 0, 4],
  ['x', 0, null],
  ['Tab', 0, null],
])('%s leads from folder %d to %s', (key, active, next) => {
  expect(activeAfter(key, active, names)).toBe(next);
});

test('no key moves where there is no folder', () => {
  expect(activeAfter('ArrowDown', 0, [])).toBeNull();
});
