import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AgentProgramFiles } from '../../main/adapters/agent-programs/agent-program-files.ts';
import { headless } from '../../main/testing/built-command-line.ts';
import { temporaryDir } from '../../main/testing/temporary-dir.ts';

// The real programs read the file that `mcp --install` writes, and start our server from it. See real-agents.process.test.ts for
// how to install them.
const folders = (process.env['NCP_REAL_AGENTS'] ?? '').split(delimiter).filter((folder) => folder !== '');
const programs = { 'claude-code': 'claude', codex: 'codex', gemini: 'gemini', opencode: 'opencode' } as const;
const names = Object.keys(programs) as (keyof typeof programs)[];
const binOf = (folder: string): string => join(folder, 'node_modules/.bin');
const found = folders.flatMap((folder) =>
  names.filter((name) => existsSync(join(binOf(folder), programs[name]))).map((name) => ({ name, folder })),
);
const run = promisify(execFile);

describe.runIf(found.length > 0).each(found)('$name in $folder', ({ name, folder }) => {
  /** Writes the file of the program in a new home, beside what a person may have there, and lists its servers. */
  async function listed(before: string | null) {
    const homeDir = temporaryDir();
    const command = [process.execPath, headless, '--data-dir', join(homeDir, 'data'), 'mcp'];
    const files = new AgentProgramFiles({ platform: 'linux', homeDir, env: {} }, command, () => 0);
    const { path } = files.find(name);
    if (before !== null) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, before);
    }
    files.connect(name, files.find(name).change?.basis ?? '');
    const env = {
      ...{ HOME: homeDir, PATH: `${binOf(folder)}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' },
      ...{ GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_API_KEY: 'k', NCP_SCHEDULER_DIR: join(homeDir, 'data') },
    };
    const { stdout, stderr } = await run(programs[name], ['mcp', 'list'], { cwd: homeDir, env, timeout: 120_000 });
    return `${stdout}\n${stderr}`;
  }
  const filled = {
    'claude-code': '{\n\t"numStartups": 3,\n\t"mcpServers": { "files": { "command": "true", "args": [] } }\n}\n',
    codex: '# mine\nmodel = "gpt-5"\n\n[mcp_servers.files]\ncommand = "true"\n',
    // Gemini refuses a comma at the end.
    gemini: '{\n  // mine\n  "mcpServers": { "files": { "command": "true" } }\n}\n',
    opencode: '{\n  // mine\n  "mcp": { "files": { "type": "local", "command": ["true"] } },\n}\n',
  };

  it('lists the server of a new file', async () => {
    expect(await listed(null)).toMatch(/\bschedule\b/);
  });

  it('lists it beside the servers of a file that a person wrote', async () => {
    const text = await listed(filled[name]);
    expect(text).toMatch(/\bschedule\b/);
    expect(text).toMatch(/\bfiles\b/);
  });

  // Codex only lists what its file says.
  it.runIf(name !== 'codex')('has started it, and shaken hands with it', async () => {
    const line = (await listed(null)).split('\n').find((each) => /\bschedule\b/.test(each)) ?? '';
    expect(line).toMatch(/✓|✔|connected/i);
    expect(line).not.toMatch(/✗|✘|disconnected|failed/i);
  });
});

it.runIf(found.length === 0)('is asked for with NCP_REAL_AGENTS', () => {
  expect(folders).toEqual([]);
});
