import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOperations, TaskOperations } from '../../application/operations.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const claude = { name: 'Claude', version: '1.0' };
const parameters = { agent: 'claude-code', prompt: 'List it', mcpServers: ['filesystem'] };
const draft = { name: 'Digest', schedule: 'every weekday at 9am', tool: 'agent:run', parameters };
const testDraft = { name: 'Digest', tool: 'agent:run', parameters, validate: true };

let application: MemoryApplication;
let agents: AgentOperations;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  agents = await application.agents();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const proposed = async (change: ProposedChange) => {
  const submitted = await agents.submit(change, claude);
  if (submitted.kind === 'done') throw new Error('it was done at once');
  return submitted.proposal.id;
};
const existing = async (more: object = {}) => (await tasks.create({ ...draft, ...more }, 'window')).task.id;
const previewOf = async (id: string) => (await agents.proposals.view(id)).preview;
const outdated = expect.objectContaining({ code: 'agent/proposal-outdated' }) as unknown;
const runs = async () => (await application.executions()).list({ limit: 10, offset: 0 }).executions;
const setServer = (filesystem: { command: string; args?: string[]; env?: Record<string, string> }) =>
  application.settings.update({ mcpServers: { filesystem } });
const undoOfLatest = async (): Promise<ProposedChange> => {
  const [latest] = (await application.history()).list({ limit: 1 });
  return { action: 'undo', taskId: latest?.taskId ?? '', changeId: latest?.id ?? 0 };
};

describe('an MCP server that a task gives its agent', () => {
  it('is shown with its name, without the values of its variables', async () => {
    setServer({ command: 'npx', args: ['-y', 'files'], env: { TOKEN: 'hunter2' } });
    const shown = { field: 'MCP server filesystem', text: 'npx -y files\nvariables: TOKEN' };
    const run = await previewOf(await proposed({ action: 'trigger', taskId: await existing() }));
    expect(run?.unchanged).toContainEqual(shown);
    const created = await previewOf(
      await proposed({ action: 'create', draft: { ...draft, name: 'New' }, validate: true, testRun: false }),
    );
    expect(created?.differences).toContainEqual({ field: shown.field, before: null, after: shown.text });
    expect(JSON.stringify([run, created])).not.toContain('hunter2');
  });

  it('is shown as removed when the change takes it away', async () => {
    const taskId = await existing();
    const bare = { agent: 'claude-code', prompt: 'List it' };
    const id = await proposed({ action: 'update', taskId, change: { parameters: bare }, validate: true });
    const difference = { field: 'MCP server filesystem', before: 'filesystem', after: null };
    expect((await previewOf(id))?.differences).toContainEqual(difference);
  });

  it.each<[string, (taskId: string) => ProposedChange]>([
    ['a new task', () => ({ action: 'create', draft: { ...draft, name: 'New' }, validate: true, testRun: false })],
    ['a new task after a test run', () => ({ action: 'create', draft, validate: true, testRun: true })],
    ['a change', (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true })],
    [
      'a change after a test run',
      (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true, testRun: true }),
    ],
    ['a resumption', (taskId) => ({ action: 'resume', taskId })],
    ['a run', (taskId) => ({ action: 'trigger', taskId })],
    ['a test', () => ({ action: 'test', draft: testDraft })],
  ])('is part of the approval of %s', async (_, changeOf) => {
    const taskId = await existing({ name: 'Old', active: false });
    const id = await proposed(changeOf(taskId));
    setServer({ command: 'filesystem', env: { TOKEN: 'other' } });
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
    const preview = await previewOf(id);
    expect(preview).toMatchObject({ changedMeanwhile: true });
    setServer({ command: 'other' });
    await expect(agents.proposals.approve(id, 'window', { basis: preview?.basis })).rejects.toEqual(outdated);
    expect(Object.keys(application.store.read().tasks)).toEqual([taskId]);
    expect(await runs()).toEqual([]);
  });

  it('is part of the approval of an undo that gives it back', async () => {
    const taskId = await existing();
    await tasks.update(taskId, { parameters: { agent: 'claude-code', prompt: 'List it' } }, 'window');
    const id = await proposed(await undoOfLatest());
    const difference = { field: 'MCP server filesystem', before: null, after: 'filesystem' };
    expect((await previewOf(id))?.differences).toContainEqual(difference);
    setServer({ command: 'evil' });
    await expect(agents.proposals.approve(id, 'window')).rejects.toEqual(outdated);
    expect(application.store.read().tasks[taskId]?.parameters).not.toHaveProperty('mcpServers');
  });

  it('does not stop an approval if another server changed', async () => {
    const id = await proposed({ action: 'trigger', taskId: await existing() });
    const servers = { filesystem: { command: 'filesystem' }, other: { command: 'other' } };
    application.settings.update({ mcpServers: servers });
    await agents.proposals.approve(id, 'window');
    expect(await runs()).toHaveLength(1);
  });
});

describe('a prompt in a file', () => {
  const promptFile = '/home/person/digest.md';
  const inFile = { tool: 'agent:run', parameters: { agent: 'codex', promptFile } };
  const warning = expect.stringContaining(
    `The prompt is read from ${promptFile} at each run, so it can change after your approval.`,
  ) as unknown;

  it.each<[string, (taskId: string) => ProposedChange]>([
    [
      'a new task',
      () => ({ action: 'create', draft: { ...draft, ...inFile, name: 'New' }, validate: true, testRun: false }),
    ],
    ['a change', (taskId) => ({ action: 'update', taskId, change: { description: 'new' }, validate: true })],
    ['a run', (taskId) => ({ action: 'trigger', taskId })],
    ['a test', () => ({ action: 'test', draft: { ...testDraft, ...inFile } })],
  ])('is named in the approval of %s, with a warning that it can change', async (_, changeOf) => {
    const id = await proposed(changeOf(await existing(inFile)));
    expect((await previewOf(id))?.warnings).toContainEqual(warning);
  });

  it('is named in the approval of an undo that brings it back', async () => {
    const taskId = await existing(inFile);
    await tasks.update(taskId, { parameters: { agent: 'codex', prompt: 'List it' } }, 'window');
    expect((await previewOf(await proposed(await undoOfLatest())))?.warnings).toContainEqual(warning);
  });

  it('needs no warning for a task that stops', async () => {
    const id = await proposed({ action: 'pause', taskId: await existing(inFile) });
    expect((await previewOf(id))?.warnings).toEqual([]);
  });
});

describe('a chain of tasks', () => {
  const shell = { tool: 'shell:run', parameters: { command: 'print done' } };
  const of = (preview: Awaited<ReturnType<typeof previewOf>>) => ({
    changed: preview?.differences.find(({ field }) => field === 'Runs after' || field === 'policies.after'),
    unchanged: preview?.unchanged.find(({ field }) => field === 'Runs after')?.text,
  });

  it('is shown with the names and the ids of its tasks', async () => {
    const copy = await existing({ ...shell, name: 'Copy' });
    const check = await existing({ ...shell, name: 'Check', policies: { after: [{ taskId: copy, on: 'end' }] } });
    const after = [
      { taskId: copy, on: 'success' as const },
      { taskId: check, on: 'failure' as const },
    ];
    const id = await proposed({
      ...{ action: 'create', draft: { ...draft, ...shell, policies: { after } }, validate: true, testRun: false },
    });
    const shown = `"Copy", if it succeeds (${copy})\n"Check", if it fails (${check})`;
    expect(of(await previewOf(id)).changed).toEqual({ field: 'Runs after', before: null, after: shown });
    const run = await previewOf(await proposed({ action: 'trigger', taskId: check }));
    expect(of(run).unchanged).toBe(`"Copy", when it ends (${copy})`);
  });

  it('says that a task of it was deleted, and is shown in words when it is undone', async () => {
    const copy = await existing({ ...shell, name: 'Copy' });
    const check = await existing({ ...shell, name: 'Check' });
    await tasks.update(check, { policies: { after: [{ taskId: copy, on: 'success' }] } }, 'window');
    const undo = await undoOfLatest();
    await tasks.delete(copy, 'window');
    const shown = `a deleted task, if it succeeds (${copy})`;
    const run = await previewOf(await proposed({ action: 'trigger', taskId: check }));
    expect(of(run).unchanged).toBe(shown);
    expect(of(await previewOf(await proposed(undo))).changed).toMatchObject({ before: shown, after: null });
  });
});
