import { describe, expect, it } from 'vitest';
import type { Task } from '../../contract/task.ts';
import { aTask } from '../../testing/schedule-samples.ts';
import { changeBasis, configuredServers, surroundingsOf, type BasisSources } from './basis.ts';

type Change = Parameters<typeof changeBasis>[0];
const task = aTask({ tool: 'files:list', parameters: { path: '/' } });
const surroundings = { server: null, agentServers: {}, namesakes: 0 };
const update = { action: 'update', taskId: 't1', change: { name: 'Other' }, validate: true } as Change;
const approved = () => changeBasis(update, task, surroundings);

describe('the fingerprint of what a person approves', () => {
  it('is the same for the same values, in whatever order, and has 32 hexadecimal digits', () => {
    const reversed = Object.fromEntries(Object.entries(task).reverse()) as Task;
    expect(changeBasis({ ...update }, reversed, { ...surroundings })).toBe(approved());
    expect(approved()).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<[string, () => string]>([
    ['the change', () => changeBasis({ ...update, change: { name: 'Another' } } as Change, task, surroundings)],
    ['the task', () => changeBasis(update, { ...task, parameters: { path: '/home' } }, surroundings)],
    ['that there is no task', () => changeBasis(update, null, surroundings)],
    ['the server of its tool', () => changeBasis(update, task, { ...surroundings, server: { command: 'x' } })],
    ['the server of its probe', () => changeBasis(update, task, { ...surroundings, probe: null })],
    ['a server of its agent', () => changeBasis(update, task, { ...surroundings, agentServers: { a: null } })],
    ['the number of its namesakes', () => changeBasis(update, task, { ...surroundings, namesakes: 1 })],
  ])('is another one for another value of %s', (_what, other) => {
    expect(other()).not.toBe(approved());
  });

  it.each(['timingId', 'createdAt', 'updatedAt', 'armedAt', 'skipUntil', 'errorMessage'])(
    'does not depend on %s, which says nothing about what the task does',
    (field) => {
      expect(changeBasis(update, { ...task, [field]: 'other' }, surroundings)).toBe(approved());
    },
  );
});

describe('what a change depends on', () => {
  const servers = { files: { command: 'files' }, github: { command: 'gh' }, none: { command: 'none' } };
  let reads = 0;
  const sources = (tasks: Task[] = [task]): BasisSources => ({
    store: {
      read: () => ({ version: '2.0.0', tasks: Object.fromEntries(tasks.map((each) => [each.id, each])), timings: {} }),
    },
    settings: { mcpServers: () => ((reads += 1), servers) },
  });
  const serverOf = (change: unknown, of: Task | null = task) => surroundingsOf(change as Change, of, sources()).server;

  it('is the server that the task would call', () => {
    const draft = { name: 'New', tool: 'github:read', parameters: {} };
    expect(serverOf({ action: 'create', draft }, null)).toEqual(servers.github);
    expect(serverOf({ action: 'test', draft }, null)).toEqual(servers.github);
    expect(serverOf({ action: 'update', change: { name: 'x' } })).toEqual(servers.files);
    expect(serverOf({ action: 'update', change: { tool: 'github:read' } })).toEqual(servers.github);
    expect(serverOf({ action: 'update', change: {} }, null)).toBeNull();
    expect(serverOf({ action: 'trigger' })).toEqual(servers.files);
    expect(serverOf({ action: 'undo', tool: 'github:read' })).toEqual(servers.github);
    expect(serverOf({ action: 'undo', tool: null })).toBeNull();
  });

  it.each(['pause', 'skip-next', 'delete', 'add-calendar'])(
    'is no server for %s, after which nothing runs',
    (action) => {
      expect(serverOf({ action })).toBeNull();
    },
  );

  it('is the server of the probe that stays or is new', () => {
    const probed = { ...task, policies: { probe: { tool: 'github:read' } } };
    const of = (change: object, on: Task) => surroundingsOf({ action: 'update', change } as Change, on, sources());
    expect(of({}, probed)).toHaveProperty('probe', servers.github);
    expect(of({ policies: { probe: { tool: 'none:x' } } }, probed)).toHaveProperty('probe', servers.none);
    expect(of({ policies: null }, probed)).not.toHaveProperty('probe');
  });

  it('is the servers that an undo gives an agent back', () => {
    const undo = { action: 'undo', tool: 'agent:run', agentServers: ['github'] } as unknown as Change;
    expect(surroundingsOf(undo, task, sources()).agentServers).toEqual({ github: servers.github });
  });

  it('is how many other tasks have the name that it gives, in any case', () => {
    const others = [task, aTask({ id: 't2', name: 'BACKUP' }), aTask({ id: 't3', name: 'backup' })];
    const count = (change: unknown, of: Task | null) => surroundingsOf(change as Change, of, sources(others)).namesakes;
    expect(count({ action: 'create', draft: { name: 'Backup', tool: 'shell:run', parameters: {} } }, null)).toBe(2);
    expect(count({ action: 'update', change: { name: 'backup' } }, others[2] ?? null)).toBe(1);
    expect(count({ action: 'update', change: {} }, task)).toBe(0);
    expect(count({ action: 'trigger' }, task)).toBe(0);
  });

  it('reads the settings only if a server is asked for, and then once', () => {
    reads = 0;
    configuredServers({ tool: 'shell:run', parameters: {} }, sources());
    expect(reads).toBe(0);
    const both = { tool: 'files:list', parameters: {}, policies: { probe: { tool: 'github:x' } } };
    expect(configuredServers(both, sources())).toMatchObject({ server: servers.files, probe: servers.github });
    expect(reads).toBe(1);
  });

  it('finds no server in what every object has', () => {
    expect(configuredServers({ tool: 'constructor:x', parameters: {} }, sources()).server).toBeNull();
  });
});
