import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor } from '../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { memoryProcessTree } from '../testing/memory-outside.ts';
import { agentSide } from '../mcp-server/agent-side.ts';
import { ownServer, ownTools } from '../mcp-server/tool-table.ts';
import { personOnlyName, type RawArguments } from './command.ts';
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
  bridge: [],
  'serve --web': ['--no-open'],
  'serve --install': [],
  'serve --uninstall': [],
  ...Object.fromEntries(
    ownTools.flatMap(({ name, byPerson }) => (byPerson ? [[`run ${ownServer}:${name}`, ['--params', '{}']]] : [])),
  ),
  'create --runs-on': ['all', ...['--name', 'Backup', '--on-demand', '--tool', 'shell:run']],
  'mcp --install': ['cursor', '--yes'],
  'mcp --uninstall': ['cursor', '--yes'],
  import: ['file.json'],
  undo: [],
  restore: ['schedule.json.backup-1'],
  migrate: [],
  'secrets set': ['TOKEN'],
  'os remove': ['--all'],
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

/**
 * Makes this process one that a run started, with its environment cleared.
 * @param shared whether the worker of the run serves others too
 * @returns ends this
 */
function insideRun(shared = false): () => void {
  application.ledger.start({
    ...{ executionId: 'e1', taskId: 't1', taskName: 'Evil', timingId: 'g', tool: 'shell:run', parameters: {} },
    ...{ trigger: 'manual', slot: null, attempt: 1, startedAt: '2026-11-23T12:00:00.000Z', logPath: null },
    owner: { pid: shared ? 7 : 1, startedAt: 'a' },
  });
  if (!shared) application.ledger.attachWorker('e1', { pid: 7, startedAt: 'b' });
  const contains = (root: number, _executionId: string, pid: number) =>
    root === 7 && pid === application.outside.machine.pid;
  const { processTree } = application.outside;
  Object.assign(application.outside, { processTree: () => Promise.resolve({ ...memoryProcessTree, contains }) });
  return () => Object.assign(application.outside, { processTree });
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

  it('a run whose worker serves others too is recognized by the scheduler that started it', async () => {
    insideRun(true);
    expect(await cli.fails('approve', 'x')).toMatchObject({ error: { code: 'agent/inside-run' } });
  });

  it('the variable of the run is enough', async () => {
    const person = await application.personOnly();
    expect(() => person.assertOutsideRun('approve', 'e9')).toThrow(
      expect.objectContaining({ code: 'agent/inside-run' }),
    );
    expect(application.ledger.changes({}, 10)).toMatchObject([{ author: 'run:e9', after: { command: 'approve' } }]);
  });

  it('tasks can still be created, changed, run and deleted, and a person can undo all of it', async () => {
    const undoInsideRun = insideRun();
    await cli.create('Backup');
    await cli.ok('update', 'Backup', '--name', 'Copy');
    await cli.ok('pause', 'Copy');
    await cli.ok('delete', 'Copy');
    expect(application.store.read().tasks).toEqual({});
    undoInsideRun();
    await cli.ok('undo');
    expect(Object.values(application.store.read().tasks)).toMatchObject([{ name: 'Copy', status: 'paused' }]);
  });
});

it('the table above has every such command', async () => {
  const byPerson = (await loadAllCommands()).filter(({ byPerson: only }) => only !== undefined && only !== false);
  const named = (name: string) => (/^(?:create|mcp|run|serve) /.test(name) ? name.replace(/ .*/, '') : name);
  expect(byPerson.map(({ name }) => name).sort()).toEqual([...new Set(Object.keys(calls).map(named))].sort());
});

it('a command that also does what a task may is refused only where it decides', async () => {
  const commands = await loadAllCommands();
  const refused = async (name: string, raw: RawArguments) => {
    const command = commands.find((each) => each.name === name);
    const environment = { agentSide: () => Promise.resolve(agentSide) };
    return command === undefined ? undefined : personOnlyName(command, () => raw, environment);
  };
  expect(await refused('run', new Map([['tool', ['schedule:list']]]))).toBeNull();
  expect(await refused('serve', new Map())).toBeNull();
  expect(await refused('serve', new Map([['web', ['true']]]))).toBe('serve --web');
});

it('outside a run nothing is refused', async () => {
  await cli.ok('agents set', 'good', '--permission', 'read-only');
  expect(application.ledger.changes({}, 10)).toMatchObject([{ action: 'agent.change' }]);
});
