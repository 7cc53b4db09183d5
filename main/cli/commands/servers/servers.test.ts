import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../../testing/memory-application.ts';
import { runLine } from '../../../testing/cli-harness.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
  application.outside.settings.update({ mcpServers: { notes: { url: 'https://notes.example/mcp' } } });
});
afterEach(() => application.dispose());

it('signs in by the page that it prints and opens', async () => {
  const { code, stdout, stderr } = await runLine(application, ['servers', 'sign-in', 'notes', '--json']);
  expect(code).toBe(0);
  expect(stderr).toContain('https://service.example/authorize?state=');
  expect(stdout).toContain('"state": "signed-in"');
  expect((await runLine(application, ['servers', 'list', '--json'])).stdout).toContain('"state": "signed-in"');
});

it('ends on Ctrl+C, and says so', async () => {
  const stop = new AbortController();
  const signIns = await application.signIns();
  const open = signIns.open;
  signIns.open = () => (stop.abort(), Promise.resolve(false));
  const { code, stderr } = await runLine(application, ['servers', 'sign-in', 'notes'], { stop: stop.signal });
  signIns.open = open;
  expect(code).not.toBe(0);
  expect(stderr).toContain('cancelled');
});

it('takes the address that a person pastes', async () => {
  const signIns = await application.signIns();
  const stdin = new PassThrough();
  const open = signIns.open;
  signIns.open = async (page) => {
    const state = new URL(page).searchParams.get('state') ?? '';
    stdin.write('nonsense\n');
    stdin.write(`http://127.0.0.1:1234/callback?code=c&state=${state}\n`);
    return false;
  };
  const { code, stderr } = await runLine(application, ['servers', 'sign-in', 'notes'], { stdin, canAsk: true });
  signIns.open = open;
  expect(stderr).toContain('This is not the address at which the sign-in to "notes" ended');
  expect(code).toBe(0);
});

it('lists the servers that are kept, and ends one', async () => {
  const list = () => runLine(application, ['servers', 'kept']);
  expect((await list()).stderr).toContain('No MCP server is kept.');
  application.outside.settings.update({ mcpServers: { filesystem: { command: 'files-server', keep: '10m' } } });
  const task = { name: 'Kept', schedule: '0 9 * * *', tool: 'filesystem:list_directory', parameters: { path: '/' } };
  const { id } = (await (await application.tasks()).create(task, 'window')).task;
  await runLine(application, ['trigger', id]);
  expect((await list()).stdout).toMatch(/SERVER.*PROCESS.*ENDS\n *filesystem +\d+ /);
  expect((await runLine(application, ['servers', 'end', 'filesystem'])).stdout).toContain('Ended filesystem.');
  expect((await list()).stderr).toContain('No MCP server is kept.');
  const again = await runLine(application, ['servers', 'end', 'filesystem']);
  expect(again.stderr + again.stdout).toContain('is not kept');
});

it('signs out', async () => {
  await runLine(application, ['servers', 'sign-in', 'notes', '--json']);
  expect((await runLine(application, ['servers', 'sign-out', 'notes'])).code).toBe(0);
  const again = await runLine(application, ['servers', 'sign-out', 'notes']);
  expect(again.stderr + again.stdout).toContain('You are not signed in to');
});
