import { describe, expect, it } from 'vitest';
import { ConfiguredTools } from './configured-tools.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import type { McpServer } from '../../contract/settings.ts';

const tool = (name: string) => ({ tool: name, title: name, description: '', inputSchema: {} });

/** Returns a catalog of servers that each have the tools `run` and `echo`. */
function catalog(servers: Record<string, McpServer>) {
  const asked: string[] = [];
  const tools = new ConfiguredTools({
    servers: () => servers,
    listTools: (name) => {
      asked.push(name);
      return Promise.resolve({ server: null, tools: [tool(`${name}:run`), tool(`${name}:echo`)] });
    },
    problems: () => [],
    memory: { get: () => null, set: () => undefined },
    fingerprint: () => '',
    clock: fakeClock('2026-11-23T12:00:00.000Z'),
    refreshLater: () => undefined,
  });
  return { tools, asked };
}

const server = { command: 'x' };

describe('tools of configured servers', () => {
  it('are listed and found also where the server has a name of a built-in one, or a space', async () => {
    const { tools } = catalog({ http: server, 'My Twitter Server': server });
    const listed = (await tools.list()).tools.map((known) => known.tool);
    expect(listed).toContain('http:echo');
    expect(listed).toContain('My Twitter Server:echo');
    expect(await tools.find('http:echo')).toMatchObject({ tool: 'http:echo' });
    expect(await tools.find('My Twitter Server:echo')).toMatchObject({ tool: 'My Twitter Server:echo' });
  });

  it('never hide a built-in tool, and the list says which cannot be used', async () => {
    const { tools } = catalog({ shell: server });
    const { tools: listed, unavailable } = await tools.list();
    expect(listed.filter((known) => known.tool === 'shell:run')).toHaveLength(1);
    expect(listed.map((known) => known.tool)).toContain('shell:echo');
    const message = 'Its tool shell:run cannot be used, because a built-in tool has this name. Rename the server.';
    expect(unavailable).toEqual([{ server: 'shell', message }]);
  });

  it('of a server with a name that no tool can have are not asked for', async () => {
    const { tools, asked } = catalog({ 'a:b': server });
    expect((await tools.list()).unavailable).toEqual([
      { server: 'a:b', message: expect.stringContaining('contains a colon') as string },
    ]);
    expect(asked).toEqual([]);
  });

  it('of a server that is turned off are not listed', async () => {
    const { tools, asked } = catalog({ off: { ...server, disabled: true } });
    expect((await tools.list()).unavailable).toEqual([]);
    expect(asked).toEqual([]);
  });
});
