import { expect, test } from 'vitest';
import { folderCycle, heaps, misplacedCalls, strayTests } from './house-rules.ts';

const files = (folder: string, count: number) => Array.from({ length: count }, (_, n) => `${folder}/${n}.ts`);
const importing = (from: string, to: string) => ({ line: 1, typeOnly: true, from, to });

test('a folder with more than 16 sources is a heap, unless it is named a list', () => {
  expect(heaps([...files('main/services/a', 17), ...files('main/services/b', 16), ...files('main/ports', 30)])).toEqual(
    ['main/services/a holds 17 sources: split it by noun, or add it to the lists in house-rules.ts.'],
  );
});

test('two folders that import each other are a cycle, by types too; a folder and its subfolder are not', () => {
  const there = importing('main/services/a/x.ts', 'main/services/b/y.ts');
  const back = importing('main/services/b/z.ts', 'main/services/a/w.ts');
  expect(folderCycle([there, back], 'main/services/')).toBe(
    'main/services/a/*.ts imports main/services/b/*.ts imports main/services/a/*.ts',
  );
  expect(folderCycle([there], 'main/services/')).toBeUndefined();
  const inside = [
    importing('main/services/a/x.ts', 'main/services/a/b/y.ts'),
    importing('main/services/a/b/y.ts', 'main/services/a/x.ts'),
  ];
  expect(folderCycle(inside, 'main/services/')).toBeUndefined();
});

test('a call belongs in the file of its prefix', () => {
  expect(misplacedCalls(new Map([['main/ipc/tasks.ts', ['tasks.create', 'runs.list']]]))).toEqual([
    'main/ipc/tasks.ts has the call runs.list: it belongs in runs.ts.',
  ]);
});

test('a test belongs in the folder of what it tests', () => {
  const product = ['main/cli/a.ts'];
  expect(strayTests(['main/cli/a.test.ts', 'main/old/b.test.ts', 'main/testing/c.test.ts'], product)).toEqual([
    'main/old/b.test.ts is in a folder without sources: move it to the folder of what it tests.',
  ]);
});
