import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor } from '../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { memoryProcessTree } from '../testing/memory-outside.ts';
import { loadAllCommands } from './command-table.ts';

let application: MemoryApplication;
beforeEach(() => (application = memoryApplication()));
afterEach(() => application.dispose());
const cli = cliFor(() => application);

/** A complete call of each command that only a person may use. */
const calls: Readonly<Record<string, readonly string[]>> = {
  approve: ['x'],
  reject: ['x'],
  'agents set': ['evil', '--permission', 'allow'],
  'agents revoke': ['evil'],
  'agents undo': ['evil'],
  import: ['file.json'],
  undo: [],
  restore: ['schedule.json.backup-1'],
  migrate: [],
  'secrets set': ['TOKEN'],
  'servers end': ['files'],
  'servers sign-in': ['notes'],
  'servers sign-out': ['notes'],
  'secrets remove': ['TOKEN'],
  'web create-token': ['--name', 'phone'],
  'web revoke-token': ['phone'],
  'settings set': ['theme', 'dark'],
  'machines add': ['web', 'web'],
  'machines remove': ['web'],
  'fleet init': ['postgresql://localhost/ncp'],
  'fleet join': ['postgresql://localhost/ncp'],
  'fleet leave': [],
  'fleet accept': ['server'],
  'fleet drain': ['server'],
  'fleet remove': ['server'],
  share: ['Backup'],
  unshare: ['Backup'],
  'calendars add': ['Closed', '--date', '2026-12-24'],
  'calendars remove': ['Closed'],
  uninstall: ['--yes'],
  'alerts add': ['ops', '--kind', 'command', '--command', 'mail'],
  'alerts edit': ['ops', '--off'],
  'alerts remove': ['ops'],
  'alerts add-rule': ['--channel', 'ops', '--event', 'failed'],
  'alerts remove-rule': ['1'],
  'alerts task': ['Backup', '--none'],
  'alerts heartbeat': ['--off'],
  'alerts digest': ['--off'],
  'alerts test': ['ops'],
  'alerts retry': ['--channel', 'ops'],
};

/** Makes this process one that a run started, with its environment cleared. */
function insideRun(): void {
  application.ledger.start({
    ...{ executionId: 'e1', taskId: 't1', taskName: 'Evil', timingId: 'g', tool: 'shell:run', parameters: {} },
    ...{ trigger: 'manual', slot: null, attempt: 1, startedAt: '2026-11-23T12:00:00.000Z', logPath: null },
    owner: { pid: 1, startedAt: 'a' },
  });
  application.ledger.attachWorker('e1', { pid: 7, startedAt: 'b' });
  const descendants = (root: number) => (root === 7 ? [{ pid: application.outside.machine.pid, startedAt: 'c' }] : []);
  Object.assign(application.outside, { processTree: () => Promise.resolve({ ...memoryProcessTree, descendants }) });
}

describe('inside the run of a task', () => {
  it.each(Object.entries(calls))('%s is refused and recorded', async (name, args) => {
    insideRun();
    const before = JSON.stringify([application.store.read(), application.settings.read()]);
    const { code, error } = await cli.fails(...name.split(' '), ...args);
    expect({ code, error }).toMatchObject({ code: 2, error: { code: 'agent/inside-run' } });
    expect(error.message).toContain(`\`${name}\` is refused inside the run of a task`);
    expect(application.ledger.changes({}, 10)).toMatchObject([
      { author: 'run:e1', action: 'agent.refused', taskId: 't1', after: { command: name, executionId: 'e1' } },
    ]);
    expect(JSON.stringify([application.store.read(), application.settings.read()])).toBe(before);
  });

  it('the variable of the run is enough', async () => {
    const person = await application.personOnly();
    expect(() => person.assertOutsideRun('approve', 'e9')).toThrow(
      expect.objectContaining({ code: 'agent/inside-run' }),
    );
    expect(application.ledger.changes({}, 10)).toMatchObject([{ author: 'run:e9', after: { command: 'approve' } }]);
  });

  it('tasks can still be created and run', async () => {
    insideRun();
    await cli.create('Backup');
    expect(Object.values(application.store.read().tasks)).toMatchObject([{ name: 'Backup' }]);
  });
});

it('the table above has every such command', async () => {
  const byPerson = (await loadAllCommands()).filter((command) => command.byPerson === true).map(({ name }) => name);
  expect(byPerson.sort()).toEqual(Object.keys(calls).sort());
});

it('outside a run nothing is refused', async () => {
  await cli.ok('agents set', 'good', '--permission', 'read-only');
  expect(application.ledger.changes({}, 10)).toMatchObject([{ action: 'agent.change' }]);
});
