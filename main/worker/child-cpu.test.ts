import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ChildCpu } from './child-cpu.ts';

it('the CPU time of a child is known if no other ended in the same turn', async () => {
  let totalMs = 100;
  const cpu = new ChildCpu(() => totalMs);
  totalMs = 130;
  cpu.ended('a');
  await turn();
  totalMs = 190;
  cpu.ended('b');
  cpu.ended('c');
  await turn();
  totalMs = 200;
  cpu.ended('d');
  await turn();
  expect(['a', 'b', 'c', 'd'].map((id) => cpu.take(id))).toEqual([30, null, null, 10]);
  expect(cpu.take('a')).toBeNull();
});
