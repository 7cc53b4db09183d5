import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../../../main/contract/task.ts';
import { firstView, noFilter, withView } from '../../../stores/task-list/list-view.ts';
import type { Grouping, ListFilter, Sort } from '../../../stores/task-list/list-view.ts';
import { sampleTask, sampleTiming } from '../../../testing/samples.ts';
import { listLines } from './list-lines.ts';
import type { ListLine } from './list-lines.ts';
import { filterChoices, matching, searchable } from './match-tasks.ts';
import { extended, idsOf, noSelection, toggled, within } from './selection.ts';
import { comparing } from './sort-tasks.ts';

const timings = new Map(
  [
    sampleTiming({ id: 'later', sentence: 'Later', nextExecutionAt: '2026-11-27T09:00:00.000Z' }),
    sampleTiming({ id: 'sooner', sentence: 'Sooner', nextExecutionAt: '2026-11-26T01:00:00.000Z' }),
    sampleTiming({ id: 'resting', sentence: 'Resting', nextExecutionAt: '2026-11-25T23:00:00.000Z' }),
  ].map((timing) => [timing.id, timing]),
);
const ran = { lastExecutionId: 'e', lastStatus: 'success' };
const tasks = [
  sampleTask({
    id: 'a',
    name: 'Zebra',
    timingId: 'later',
    tags: ['big'],
    ...ran,
    lastExecutionAt: '2026-11-25T08:00:00.000Z',
  }),
  sampleTask({
    id: 'b',
    name: 'Ant',
    timingId: 'later',
    lastExecutionId: 'f',
    lastStatus: 'failure',
    workingDirectory: '/srv',
  }),
  sampleTask({
    id: 'c',
    name: 'Bee 10',
    timingId: 'sooner',
    tags: ['big', 'insects'],
    tool: 'http:request',
    parameters: { url: 'https://bee' },
    ...ran,
    lastExecutionAt: '2026-11-25T09:00:00.000Z',
  }),
  sampleTask({ id: 'd', name: 'Bee 9', timingId: 'resting', status: 'paused' }),
];
const figuresOf = (id: string, usualMs: number | null, successRate: number | null) =>
  [id, { key: '', runs: null, usualMs, successRate }] as const;
const figures = new Map([figuresOf('a', 500, 1), figuresOf('b', 9000, 0.5), figuresOf('c', null, null)]);

const brief = (lines: readonly ListLine[]) =>
  lines.map((line) => (line.kind === 'section' ? `[${line.section.label ?? '–'}]` : line.task.name));
const lines = (
  by: Grouping,
  sort: Sort | null = null,
  folded: readonly string[] = [],
  shown: readonly TaskView[] = tasks,
) => listLines(shown, { by, compare: comparing(sort, { timings, figures }), isSorted: sort !== null, timings, folded });
const found = (filter: Partial<ListFilter>) =>
  matching(searchable(tasks, timings), { ...noFilter, ...filter }).map(({ name }) => name);

test('a search finds what a task runs after', () => {
  const policies = { after: [{ taskId: 'b', on: 'success' as const }] };
  const chain = [...tasks, sampleTask({ id: 'e', name: 'Report', timingId: 'later', policies })];
  const find = (words: string) => matching(searchable(chain, timings), { ...noFilter, words }).map(({ name }) => name);
  expect(find('after ant')).toEqual(['Report']);
  expect(find('after')).toEqual(['Report']);
});

describe('sections', () => {
  test('by schedule are in the order of the next run, paused ones last, with tasks by name', () => {
    expect(brief(lines('schedule'))).toEqual(['[Sooner]', 'Bee 10', '[Later]', 'Ant', 'Zebra', '[Resting]', 'Bee 9']);
  });

  test('draw a task beneath the one that it runs after, unless the person chose an order', () => {
    const after = (id: string, name: string, taskId: string) =>
      sampleTask({ id, name, timingId: 'later', policies: { after: [{ taskId, on: 'success' }] } });
    const chain = [...tasks, after('e', 'Aardvark', 'a'), after('f', 'Ape', 'c')];
    expect(brief(lines('schedule', null, ['sooner', 'resting'], chain))).toEqual([
      ...['[Sooner]', '[Later]', 'Ant', 'Ape', 'Zebra', 'Aardvark', '[Resting]'],
    ]);
    const depths = lines('none', null, [], chain).map((line) => line.kind === 'task' && line.depth);
    expect(depths).toEqual([0, 0, 0, 1, 0, 1]);
    expect(brief(lines('none', { column: 'name', isReversed: false }, [], chain))[0]).toBe('Aardvark');
  });

  test('by tag list a task under each of its tags, and tasks without one last', () => {
    expect(brief(lines('tag'))).toEqual(['[big]', 'Bee 10', 'Zebra', '[insects]', 'Bee 10', '[–]', 'Ant', 'Bee 9']);
    expect(new Set(lines('tag').map(({ key }) => key)).size).toBe(8);
  });

  test('by tool and folder', () => {
    expect(brief(lines('tool'))).toEqual(['[http:request]', 'Bee 10', '[shell:run]', 'Ant', 'Bee 9', 'Zebra']);
    expect(brief(lines('folder'))).toEqual(['[/srv]', 'Ant', '[–]', 'Bee 9', 'Bee 10', 'Zebra']);
  });

  test('that are folded show no tasks but keep them', () => {
    const folded = lines('tag', null, ['tag:big']);
    expect(brief(folded)).toEqual(['[big]', '[insects]', 'Bee 10', '[–]', 'Ant', 'Bee 9']);
    expect(folded[0] && idsOf(folded[0])).toEqual(['c', 'a']);
  });

  test('a flat list has none', () => {
    expect(brief(lines('none'))).toEqual(['Ant', 'Bee 9', 'Bee 10', 'Zebra']);
  });
});

describe('the order', () => {
  const order = (column: Sort['column'], isReversed = false) => brief(lines('none', { column, isReversed }));

  test('of each column puts first what a person looks for; tasks without a value are last in both directions', () => {
    expect(order('status')).toEqual(['Ant', 'Bee 10', 'Zebra', 'Bee 9']);
    expect(order('name', true)).toEqual(['Zebra', 'Bee 10', 'Bee 9', 'Ant']);
    expect(order('last')).toEqual(['Bee 10', 'Zebra', 'Ant', 'Bee 9']);
    expect(order('next')).toEqual(['Bee 10', 'Ant', 'Zebra', 'Bee 9']);
    expect(order('usual')).toEqual(['Ant', 'Zebra', 'Bee 9', 'Bee 10']);
    expect(order('usual', true)).toEqual(['Zebra', 'Ant', 'Bee 9', 'Bee 10']);
    expect(order('success')).toEqual(['Ant', 'Zebra', 'Bee 9', 'Bee 10']);
  });

  test('also moves the sections: the one with the first task is first', () => {
    expect(brief(lines('schedule', { column: 'status', isReversed: false }))[0]).toBe('[Later]');
  });
});

describe('a filter', () => {
  test('finds all words in names, tags, schedules, folders and what a task runs', () => {
    expect(found({ words: 'INSECT' })).toEqual(['Bee 10']);
    expect(found({ words: 'https://bee' })).toEqual(['Bee 10']);
    expect(found({ words: 'later ant' })).toEqual(['Ant']);
    expect(found({ words: '#big' })).toEqual(['Zebra', 'Bee 10']);
    expect(found({ words: '/srv' })).toEqual(['Ant']);
    expect(found({ words: 'nothing' })).toEqual([]);
  });

  test('takes any of the statuses and tools, and all of the tags', () => {
    expect(found({ statuses: ['failing'] })).toEqual(['Ant']);
    expect(found({ statuses: ['failing', 'paused'] })).toEqual(['Ant', 'Bee 9']);
    expect(found({ statuses: ['never'] })).toEqual(['Bee 9']);
    expect(found({ tags: ['big'] })).toEqual(['Zebra', 'Bee 10']);
    expect(found({ tags: ['big', 'insects'] })).toEqual(['Bee 10']);
    expect(found({ tools: ['http:request'] })).toEqual(['Bee 10']);
    expect(found({ tools: ['http:request'], statuses: ['failing'] })).toEqual([]);
  });

  test('knows late tasks by what needs attention', () => {
    const slot = '2026-11-25T09:00:00.000Z';
    const late = sampleTask({ attention: [{ kind: 'late', since: slot, slot, executionId: null, message: 'late' }] });
    expect(matching(searchable([late], timings), { ...noFilter, statuses: ['late'] })).toEqual([late]);
    expect(found({ statuses: ['late'] })).toEqual([]);
  });

  test('offers the tags and tools in use, the most used first', () => {
    expect(filterChoices(tasks)).toEqual({ tags: ['big', 'insects'], tools: ['shell:run', 'http:request'] });
  });
});

describe('a selection', () => {
  const shown = lines('schedule');
  const at = (index: number): ListLine => {
    const line = shown[index];
    if (!line) throw new Error(`there is no row ${index}`);
    return line;
  };

  test('adds and removes one task, or all of a section', () => {
    const one = toggled(noSelection, at(3));
    expect([...one]).toEqual(['b']);
    expect([...toggled(one, at(2))].sort()).toEqual(['a', 'b']);
    expect([...toggled(toggled(one, at(2)), at(2))]).toEqual([]);
  });

  test('is extended over rows in either direction, and headings are not tasks', () => {
    expect([...extended(noSelection, shown, 4, 1)].sort()).toEqual(['a', 'b', 'c']);
  });

  test('loses the tasks that the list no longer shows', () => {
    const both = new Set(['a', 'b']);
    expect([...within(both, new Set(['b', 'c']))]).toEqual(['b']);
    expect(within(both, new Set(['a', 'b']))).toBe(both);
  });
});

test('a saved view replaces the one of the same name', () => {
  const [one, two] = [
    { name: 'A', view: firstView },
    { name: 'B', view: firstView },
  ];
  const changed = { name: 'A', view: { ...firstView, by: 'tag' as const } };
  expect(withView([one, two], changed)).toEqual([changed, two]);
  expect(withView([one], two)).toEqual([one, two]);
});
