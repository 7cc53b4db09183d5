import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentsHome } from '../../adapters/os-scheduler/agent-schedules/testing/agents-home.ts';
import type { AgentsHome } from '../../adapters/os-scheduler/agent-schedules/testing/agents-home.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import type { ImportOptions } from '../../contract/transfer.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let home: AgentsHome;
beforeEach(() => {
  application = memoryApplication('2026-11-25T12:00:00.000Z');
  home = agentsHome();
  application.outside.agents.homeDir = home.homeDir;
});
afterEach(() => application.dispose());

async function importAgents(options: Partial<ImportOptions> = {}) {
  const transfer = await application.transfer();
  return transfer.apply(await transfer.installed('agents'), importOptionsSchema.parse(options), 'cli');
}
const tasks = () => Object.values(application.store.read().tasks);
const named = (name: string) => tasks().find((task) => task.name === name) ?? expect.fail(`no task "${name}"`);
const bytes = () => Object.values(home.files).map((path) => readFileSync(path));

describe('the schedules of agents', () => {
  it('are imported paused, as tasks that run the agent, and stay as they are there', async () => {
    const before = bytes();
    const { changes, notes } = await importAgents();
    expect(tasks()).toHaveLength(10);
    expect(tasks().filter(({ status }) => status !== 'paused')).toEqual([]);
    expect(named('Review')).toMatchObject({
      tool: 'agent:run',
      parameters: { agent: 'claude-code', prompt: 'Review the open pull requests.' },
      pauseNote: 'Imported from Claude Desktop: review. The agent still runs it.',
    });
    expect(changes.filter(({ action }) => action === 'refused').map(({ key }) => key)).toEqual([
      'Claude Desktop: lost',
      'hermes: h3',
    ]);
    expect(changes.find(({ key }) => key === 'Codex: weekly-notes')?.runs).toBe(
      'codex: Write the notes.\nstatus = "ACTIVE" is not a field here.',
    );
    expect(notes[0]).toContain('the agents still run them');
    expect(bytes()).toEqual(before);
  });

  it('that are imported twice are skipped the second time', async () => {
    await importAgents();
    const { changes } = await importAgents();
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['skip', 'refused']));
  });

  it('that are moved run only here, but for those that were off; one undo reverses both', async () => {
    const before = bytes();
    const { moved, notes, warnings, importId } = await importAgents({ move: true });
    expect(moved).toBe(9);
    expect(notes).toEqual([]);
    expect(warnings).toContain('hermes reads its jobs at each of its ticks, so it needs no restart.');
    const active = tasks().filter(({ status }) => status === 'active');
    expect(active).toHaveLength(9);
    expect(named('old')).toMatchObject({ status: 'paused' });
    const left = await (await application.transfer()).installed('agents');
    expect(Object.keys(JSON.parse(left.original ?? '{}') as object)).toEqual(['Claude Desktop: lost', 'hermes: h3']);
    const { refused } = await (await application.history()).undoAll({ batch: importId ?? '' }, 'cli');
    expect(refused).toEqual([]);
    expect(tasks()).toEqual([]);
    expect(bytes()).toEqual(before);
  });

  it('that changed since the review are imported paused, and go on there', async () => {
    const transfer = await application.transfer();
    const source = await transfer.installed('agents');
    home.write(home.files.codex, readFileSync(home.files.codex, 'utf8').replace('BYHOUR=9', 'BYHOUR=10'));
    const before = bytes();
    const report = await transfer.apply(source, importOptionsSchema.parse({ move: true }), 'cli');
    expect(report).toMatchObject({ moved: null });
    expect(report.warnings.join(' ')).toContain(
      'The imported tasks stay paused, and the agents run them as before. Codex: weekly-notes changed',
    );
    expect(tasks().filter(({ status }) => status === 'active')).toEqual([]);
    expect(bytes()).toEqual(before);
  });

  it('that a person skips stay as they are', async () => {
    const decisions = { 'Codex: weekly-notes': 'skip' } as const;
    const before = readFileSync(home.files.codex);
    const { moved } = await importAgents({ move: true, decisions });
    expect(moved).toBe(8);
    expect(readFileSync(home.files.codex)).toEqual(before);
  });

  it('are among what is found on this machine', async () => {
    const found = await (await application.transfer()).found();
    expect(found).toContainEqual({ kind: 'agents', tasks: 10, refused: 2, problem: null });
  });
});
