import { describe, expect, it } from 'vitest';
import type { Probe } from '../../../contract/probe.ts';
import { aTask } from '../../../testing/schedule-samples.ts';
import { rememberedSeen, seenBefore, seenMark } from './seen.ts';

const probe: Probe = {
  tool: 'http:request',
  parameters: { url: 'https://example.test' },
  path: '$.v',
  pattern: 'v(\\d)',
};
const task = aTask({ id: 'watch', policies: { probe } });
const seen = { hash: 'abc', text: 'v1' };
const { name, value } = rememberedSeen(task, seen);
const markOf = (stored: string | null) => (asked: string) => (asked === name ? stored : null);

describe('what a probe saw', () => {
  it('is remembered under the id of its task, and read back', () => {
    expect(name).toBe(seenMark('watch'));
    expect(seenBefore(markOf(value), task)).toEqual(seen);
  });

  it('is nothing before the first look, and after a person had it forgotten', () => {
    expect(seenBefore(markOf(null), task)).toBeNull();
    expect(seenBefore(markOf(''), task)).toBeNull();
  });

  it.each<[string, Probe]>([
    ['tool', { ...probe, tool: 'shell:run' }],
    ['parameters', { ...probe, parameters: { url: 'https://example.test/2' } }],
    ['path', { ...probe, path: '$.w' }],
    ['pattern', { ...probe, pattern: 'w' }],
    ['ignore', { ...probe, ignore: ['\\d+ ms'] }],
  ])('is not compared with the answer to another question: its %s changed', (_field, changed) => {
    expect(seenBefore(markOf(value), { ...task, policies: { probe: changed } })).toBeNull();
  });

  it('is still that of the task when its name, its command or what the first look does changed', () => {
    const other = {
      ...task,
      name: 'Other',
      parameters: { command: 'false' },
      policies: { probe: { ...probe, first: 'run' } },
    };
    expect(seenBefore(markOf(value), other as typeof task)).toEqual(seen);
  });

  it('is that of the task’s own call, if the probe names no tool', () => {
    const own = (command: string, tool = 'shell:run') =>
      aTask({ id: 'watch', tool, parameters: { command }, policies: { probe: { then: 'tell' } } });
    const mark = markOf(rememberedSeen(own('uptime'), seen).value);
    expect(seenBefore(mark, own('uptime'))).toEqual(seen);
    expect(seenBefore(mark, own('date'))).toBeNull();
    expect(seenBefore(mark, own('uptime', 'files:list'))).toBeNull();
  });
});
