import { afterEach, beforeEach, expect, it } from 'vitest';
import { runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => (application = memoryApplication()));
afterEach(() => application.dispose());
const mcp = (argv: readonly string[], change: Parameters<typeof runLine>[2] = {}) =>
  runLine(application, ['mcp', ...argv], change);
const stateOf = async () => (await application.agentPrograms()).find('cursor').state;

it('shows the change, asks, and writes the file only after yes', async () => {
  const asked = { isTerminal: true, columns: 100 };
  const declined = await mcp(['--install', 'cursor'], { ...asked, input: 'n\n' });
  expect(declined).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was changed.') as string });
  expect(declined.stderr).toMatch(
    /Change of \/home\/ada\/\.cursor\/mcp\.json:[^]*\+ +"schedule": \{[^]*Write it\? \[y\/N\]/,
  );
  expect(await stateOf()).toBe('absent');
  const { code, stdout } = await mcp(['--install', 'cursor'], { ...asked, input: 'y\n' });
  expect(code).toBe(0);
  expect(stdout).toContain('The earlier file: /home/ada/.cursor/mcp.json.2026-11-25.backup');
  expect(await stateOf()).toBe('connected');
});

it('asks nothing with --yes, says what is done already, and removes it again', async () => {
  expect((await mcp(['--install', 'cursor'])).stderr).toContain('Without a terminal, add --yes');
  expect((await mcp(['--install', 'cursor', '--yes'])).code).toBe(0);
  expect((await mcp(['--install', 'cursor'])).stdout).toBe(
    '/home/ada/.cursor/mcp.json starts this installation already.\n',
  );
  const { stdout } = await mcp(['--uninstall', 'cursor', '--yes', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, client: 'cursor', state: 'absent' });
  expect((await mcp(['--uninstall', 'cursor'])).stdout).toContain('does not have this server');
});

it('says whether the file was updated or deleted, and names the program as people do', async () => {
  expect((await mcp(['--install', 'cursor', '--yes'])).stdout).toContain(
    '/home/ada/.cursor/mcp.json has been updated. Restart Cursor to apply the change.',
  );
  expect((await mcp(['--uninstall', 'claude-desktop', '--yes'])).stdout).toContain(
    'claude_desktop_config.json has been deleted. Restart Claude Desktop to apply the change.',
  );
});

it('prints what to add by hand', async () => {
  expect((await mcp(['--print', 'codex'])).stdout).toBe(
    'codex mcp add schedule -- /home/ada/.local/bin/ncp-scheduler mcp\n',
  );
  const { program } = JSON.parse((await mcp(['--print', 'goose', '--json'])).stdout) as { program: object };
  expect(program).toMatchObject({ program: 'goose', path: '/home/ada/.config/goose/config.yaml', kind: 'file' });
});

it.each([
  [['--install', 'vscode', '--yes'], /mcp\.json: The file is not valid JSON \(line 3\)/],
  [['--install', 'cursor', '--uninstall', 'cursor'], /Give only one of --install, --uninstall/],
  [['--install', 'emacs'], /--install: "emacs" is not valid\. Expected one of claude-desktop, /],
])('refuses %j', async (argv, message) => {
  const { code, stderr } = await mcp(argv);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(message);
});

it('is refused inside the run of a task', async () => {
  const { stderr } = await mcp(['--install', 'cursor', '--yes'], { env: { NCP_EXECUTION_ID: 'e1' } });
  expect(stderr).toContain('`mcp --install` is refused inside the run of a task');
  expect(await stateOf()).toBe('absent');
});
