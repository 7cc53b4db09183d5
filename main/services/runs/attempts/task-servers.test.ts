import { expect, it } from 'vitest';
import { serversOf } from './task-servers.ts';

const configured = { files: { command: 'files' }, github: { command: 'gh' } };
const find = (name: string) => (Object.hasOwn(configured, name) ? configured[name as keyof typeof configured] : null);
const call = { tool: 'files:list', parameters: {} };

it('a task uses the server of its tool', () => {
  expect(serversOf(call, find)).toEqual({ server: configured.files, agentServers: {} });
  expect(serversOf({ ...call, tool: 'gone:list' }, find)).toEqual({ server: null, agentServers: {} });
});

it('a built-in tool uses none, and neither does a task that calls nothing', () => {
  const asked: string[] = [];
  const note = (name: string) => (asked.push(name), null);
  const none = { server: null, agentServers: {} };
  expect([serversOf(null, note), serversOf({ ...call, tool: 'shell:run' }, note)]).toEqual([none, none]);
  expect(asked).toEqual([]);
});

it('a probe has a server of its own, unless its tool is built in', () => {
  const probed = (tool: string) => serversOf({ ...call, tool: 'shell:run', policies: { probe: { tool } } }, find);
  expect(probed('github:read')).toEqual({ server: null, probe: configured.github, agentServers: {} });
  expect(probed('gone:read')).toEqual({ server: null, probe: null, agentServers: {} });
  expect(probed('http:request')).not.toHaveProperty('probe');
  for (const policies of [{ probe: {} }, {}, null])
    expect(serversOf({ ...call, policies }, find)).not.toHaveProperty('probe');
});

it('an agent gets the servers that its task names, and null for one that is not configured', () => {
  const parameters = { agent: 'claude-code', prompt: 'x', mcpServers: ['github', 'gone'] };
  expect(serversOf({ tool: 'agent:run', parameters }, find)).toEqual({
    server: null,
    agentServers: { github: configured.github, gone: null },
  });
});
