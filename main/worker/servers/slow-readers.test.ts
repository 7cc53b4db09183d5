import { expect, it } from 'vitest';
import { SlowReaders } from './slow-readers.ts';

const mebi = 1024 * 1024;

it('stops the output while a run has more than 1 Mi characters to read, and continues when it has read or left', () => {
  const flows: boolean[] = [];
  const readers = new SlowReaders((isOpen) => void flows.push(isOpen));
  for (const run of ['fast', 'slow']) readers.join(run);
  readers.wrote(mebi);
  expect(flows).toEqual([]);
  readers.wrote(1);
  expect(flows).toEqual([false]);
  readers.read('fast', mebi + 1);
  expect(flows).toEqual([false]);
  readers.read('slow', 1);
  expect(flows).toEqual([false, true]);
  readers.wrote(mebi);
  expect(flows).toEqual([false, true, false]);
  readers.leave('slow');
  expect(flows).toEqual([false, true, false, true]);
});
