import { beforeEach, describe, expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import type { RememberedTools, ToolMemory } from '../../ports/tool-memory.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { ConfiguredTools } from './configured-tools.ts';
import { verifyTool } from './tool-verdict.ts';

const hour = 3_600_000;
const clock = fakeClock();
let asked: string[];
let refreshed: string[];
let remembered: Map<string, RememberedTools>;
let answers: (name: string) => string[];

const memory: ToolMemory = {
  get: (server) => remembered.get(server) ?? null,
  set: (server, tools) => void remembered.set(server, tools),
};
/** Simulates a new process, which knows only the remembered tools. */
const newProcess = (command = 'files-server') =>
  new ConfiguredTools({
    servers: () => ({ files: { command } }),
    listTools: (name) => {
      asked.push(name);
      const tools = answers(name).map((tool) => ({
        tool,
        title: tool,
        description: '',
        inputSchema: { need: 'path' },
      }));
      return Promise.resolve({ server: { name: 'files', version: '1.0.0' }, tools });
    },
    problems: ({ need }, parameters) =>
      Object.hasOwn(parameters as object, String(need)) ? [] : [`parameters.${String(need)} is missing`],
    memory,
    fingerprint: (server) => JSON.stringify(server),
    clock,
    refreshLater: (server) => void refreshed.push(server),
  });

beforeEach(() => {
  [asked, refreshed] = [[], []];
  remembered = new Map();
  answers = () => ['files:read'];
});

describe('the check of a tool', () => {
  it('asks the server once, and remembers its answer and version for other processes', async () => {
    expect(await verifyTool(newProcess(), 'files:read', { path: '/' })).toMatchObject({
      problems: [],
      unverified: null,
    });
    expect(await verifyTool(newProcess(), 'files:read', { path: '/' })).toMatchObject({
      problems: [],
      unverified: null,
    });
    expect(asked).toEqual(['files']);
    expect(remembered.get('files')?.server?.version).toBe('1.0.0');
  });

  it('refuses only what the server itself refuses now', async () => {
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    answers = () => ['files:read', 'files:write'];
    expect((await verifyTool(newProcess(), 'files:write', { path: '/' })).problems).toEqual([]);
    expect((await verifyTool(newProcess(), 'files:move', { path: '/' })).problems).toEqual([
      'The MCP server "files" has no tool files:move.',
    ]);
    expect((await verifyTool(newProcess(), 'files:read', {})).problems).toEqual([
      'files:read: parameters.path is missing.',
    ]);
    expect(asked).toHaveLength(4);
  });

  it('asks a process that refuses only once', async () => {
    expect((await verifyTool(newProcess(), 'files:move', {})).problems).toHaveLength(1);
    expect(asked).toEqual(['files']);
  });

  it('accepts remembered tools while the server is unavailable, and reports others as unverified', async () => {
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    answers = () => {
      throw new SchedulerError('mcp/exited', 'It ended at once.');
    };
    expect(await verifyTool(newProcess(), 'files:read', { path: '/' })).toMatchObject({
      problems: [],
      unverified: null,
    });
    expect(await verifyTool(newProcess(), 'files:write', { path: '/' })).toEqual({
      problems: [],
      unverified: { server: 'files', reason: 'It ended at once.' },
      schema: null,
    });
  });

  it('asks the server again in the background after an hour, one refresh at a time', async () => {
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    clock.advance(hour + 1);
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    expect(refreshed).toEqual(['files']);
    clock.advance(hour);
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    expect(refreshed).toEqual(['files', 'files']);
    expect(asked).toEqual(['files']);
  });

  it('forgets a server that is configured differently', async () => {
    await verifyTool(newProcess(), 'files:read', { path: '/' });
    await verifyTool(newProcess('another'), 'files:read', { path: '/' });
    expect(asked).toHaveLength(2);
  });

  it('refuses a server that is not configured', async () => {
    expect((await verifyTool(newProcess(), 'mail:send', {})).problems[0]).toContain('configured: files');
    expect(asked).toEqual([]);
  });
});

describe('the list of tools', () => {
  it('answers from memory, or freshly, or for one server', async () => {
    await newProcess().list();
    expect((await newProcess().list()).tools.map(({ tool }) => tool)).toContain('files:read');
    expect(asked).toHaveLength(1);
    await newProcess().list({ fresh: true });
    expect(asked).toHaveLength(2);
    expect((await newProcess().list({ server: 'shell' })).tools.map(({ tool }) => tool)).toEqual(['shell:run']);
    await expect(newProcess().list({ server: 'mail' })).rejects.toMatchObject({ code: 'mcp/unknown-server' });
  });
});
