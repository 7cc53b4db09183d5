import { describe, expect, test } from 'vitest';
import { alreadyUndone, type Change } from '../../../main/contract/history.ts';
import { text } from '../../text/en.ts';
import { whoOf } from './authors.ts';
import { entriesOf, undoStateOf } from './entries.ts';

const change = (fields: Partial<Change>): Change => ({
  id: 1,
  at: '2026-11-25T09:00:00.000Z',
  author: 'window',
  action: 'task.update',
  kind: 'changed',
  taskId: 't1',
  taskName: 'Backup',
  differences: [],
  batch: null,
  undoes: null,
  obstacle: null,
  ...fields,
});
const stateOf = (...changes: Change[]) => entriesOf(changes).map(undoStateOf);

describe('the entries of the Activity view', () => {
  test('join what was done together, and keep the rest apart', () => {
    const changes = [
      change({ id: 5, batch: 'b' }),
      change({ id: 4, batch: 'b' }),
      change({ id: 3 }),
      change({ id: 2 }),
      change({ id: 1, batch: 'a' }),
    ];
    const ids = entriesOf(changes).map((entry) => entry.changes.map(({ id }) => id));
    expect(ids).toEqual([[5, 4], [3], [2], [1]]);
  });

  test('can be undone unless a later change prevents it, or they are undone already', () => {
    expect(stateOf(change({}))).toEqual([{ kind: 'possible' }]);
    expect(stateOf(change({ obstacle: alreadyUndone }))).toEqual([{ kind: 'undone' }]);
    expect(stateOf(change({ obstacle: 'Changed again.' }))).toEqual([{ kind: 'impossible', reason: 'Changed again.' }]);
  });

  test('of one act can be undone while a part of it still stands', () => {
    const undone = change({ id: 2, batch: 'b', obstacle: alreadyUndone });
    expect(stateOf(undone, change({ batch: 'b' }))).toEqual([{ kind: 'possible' }]);
    expect(stateOf(undone, change({ batch: 'b', obstacle: 'It is gone.' }))).toEqual([
      { kind: 'impossible', reason: 'It is gone.' },
    ]);
  });

  test.each([
    [{ action: 'task.create', kind: 'created' }, 'Created “Backup”'],
    [{ action: 'task.delete', kind: 'deleted' }, 'Deleted “Backup”'],
    [{ action: 'task.pause' }, 'Paused “Backup”'],
    [{ action: 'task.undo', kind: 'created', undoes: 1 }, 'Restored “Backup”'],
    [{ action: 'settings.change', taskName: null, taskId: null }, 'Changed settings'],
    [
      { action: 'agent.approve', taskName: null, differences: [{ field: 'title', before: null, after: 'Delete "X"' }] },
      'Approved a proposal: Delete "X"',
    ],
  ] as const)('say what happened: %o', (fields, sentence) => {
    expect(text.activity.what(change(fields as Partial<Change>))).toBe(sentence);
  });
});

test('the filter offers each person, agent and part of the app once', () => {
  const authors = [
    'cli',
    'file',
    'mcp:helper@1',
    'mcp:helper@2',
    'mcp:other@1',
    'run:e1',
    'run:e2',
    'scheduler',
    'tray',
    'window',
  ];
  expect(whoOf(authors).map(({ label, authors: own }) => [label, own])).toEqual([
    ['You', ['tray', 'window']],
    ['Command line', ['cli']],
    ['NCP Scheduler itself', ['scheduler']],
    ['Direct edits of the file', ['file']],
    ['Runs of tasks', ['run:e1', 'run:e2']],
    ['Agent: helper', ['mcp:helper@1', 'mcp:helper@2']],
    ['Agent: other', ['mcp:other@1']],
  ]);
});
