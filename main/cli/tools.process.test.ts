import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtCommandLine } from '../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';

const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');
let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine();
  const server = join(cli.home, 'server.mjs');
  writeFileSync(server, `await import(${JSON.stringify(pathToFileURL(everything).href)});`);
  const mcpServers = { everything: { command: process.execPath, args: [server, 'stdio'] } };
  writeFileSync(join(cli.dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process', mcpServers }));
});
afterEach(() => cli.dispose());

const create = (name: string, tool: string, parameters: object, ...more: string[]) => {
  const params = JSON.stringify(parameters);
  return cli.json('create', '--name', name, '--schedule', '@daily', '--tool', tool, '--params', params, ...more);
};

it('checks a tool and its parameters with the real server, and uses the cache when it is down', async () => {
  expect(await create('Good', 'everything:echo', { message: 'hi' })).toMatchObject({ code: 0 });
  const { servers } = JSON.parse(readFileSync(join(cli.dataDir, 'tools.json'), 'utf8')) as {
    servers: Record<string, { server: { version: string } }>;
  };
  expect(servers['everything']?.server.version).toMatch(/^\d/);
  const wrong = await create('Wrong', 'everything:echo', { text: 'hi' });
  expect(wrong).toMatchObject({ code: 2, answer: { error: { code: 'task/invalid' } } });
  expect(JSON.stringify(wrong.answer)).toContain('message');
  const missing = await create('Missing', 'everything:nothing', {});
  expect(missing).toMatchObject({ code: 2, answer: { error: { code: 'task/invalid' } } });

  writeFileSync(join(cli.home, 'server.mjs'), 'process.exit(7);');
  expect(await create('Still good', 'everything:echo', { message: 'hi' })).toMatchObject({ code: 0 });
  expect(await create('Unsure', 'everything:later', {})).toMatchObject({
    code: 2,
    answer: { error: { code: 'task/tool-unverified', details: { server: 'everything', tool: 'everything:later' } } },
  });
  const paused = await create('Paused', 'everything:later', {}, '--paused');
  expect(paused).toMatchObject({ code: 0, answer: { task: { status: 'paused' } } });
  expect(JSON.stringify(paused.answer['warnings'])).toContain('was not checked');
  expect(await create('Unchecked', 'everything:later', {}, '--skip-validation')).toMatchObject({
    code: 0,
    answer: { task: { status: 'active' }, warnings: { length: 1 } },
  });
  const tools = await cli.json('tools', 'everything');
  expect(tools).toMatchObject({ code: 0, answer: { unavailable: [] } });
  expect(await cli.json('tools', 'everything', '--refresh')).toMatchObject({
    code: 0,
    answer: { tools: [], unavailable: [{ server: 'everything' }] },
  });
});
