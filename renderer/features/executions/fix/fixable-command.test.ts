import { expect, test } from 'vitest';
import { fixableCommand } from './fixable-command.ts';

const failed = { status: 'failure', taskId: 't1' } as const;
const open = { store: { state: 'ok' }, desktop: { capabilities: ['change'] } } as const;
const task = { id: 't1', tool: 'shell:run', parameters: { command: 'cur -f https://example.org' } };

test('the command of a failed run can be fixed on its page', () => {
  expect(fixableCommand(failed, { ...open, tasks: [{ ...task, id: 't0' }, task] })).toBe('cur -f https://example.org');
});

test.each([
  ['of a run that succeeded', { ...failed, status: 'success' } as const, task],
  ['of a task that was deleted', failed, { ...task, id: 't2' }],
  ['of several lines', failed, { ...task, parameters: { command: 'set -e\nmake' } }],
  ['of another tool', failed, { ...task, tool: 'notes:run' }],
])('a command %s cannot', (_what, run, changed) => {
  expect(fixableCommand(run, { ...open, tasks: [changed] })).toBeNull();
});

test.each([
  ['while the file of the tasks cannot be written', { ...open, store: { state: 'read-only' } as const }],
  ['in a browser that may only look', { ...open, desktop: { capabilities: [] } }],
])('no command is offered for a correction %s', (_where, schedule) => {
  expect(fixableCommand(failed, { ...schedule, tasks: [task] })).toBeNull();
});
