import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { beforeEach, describe, expect, it, test } from 'vitest';
import type { AgentProgramName } from '../../contract/agent-programs.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { AgentProgramFiles } from './agent-program-files.ts';
import { addCommand } from './add-command.ts';
import { jsonServers } from './json-servers.ts';
import { programFile } from './programs.ts';
import { findServer, withServer } from './server-format.ts';

const command = ['/opt/NCP Scheduler/ncp-scheduler', '--data-dir', "/data/it's", 'mcp'];
const entry = { command: '/opt/NCP Scheduler/ncp-scheduler', args: ['--data-dir', "/data/it's", 'mcp'] };
let homeDir: string;
let programs: AgentProgramFiles;
const fileOf = (...parts: string[]) => join(homeDir, ...parts);
const found = (name: AgentProgramName) => {
  const program = programs.list().find((each) => each.program === name);
  if (program === undefined) throw new Error(`${name} is not listed`);
  return program;
};
const put = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

beforeEach(() => {
  homeDir = temporaryDir();
  const person = { platform: 'linux' as const, homeDir, env: {} };
  programs = new AgentProgramFiles(person, command, () => Date.parse('2026-11-25T10:00:00Z'));
});

it('lists a snippet for each program with the command of this installation', () => {
  expect(found('claude-code').snippet).toBe(
    String.raw`claude mcp add --scope user schedule -- '/opt/NCP Scheduler/ncp-scheduler' --data-dir '/data/it'\''s' mcp`,
  );
  expect(found('codex').snippet).toMatch(/^codex mcp add schedule -- '\/opt/);
  expect(JSON.parse(found('claude-desktop').snippet)).toEqual({ mcpServers: { schedule: entry } });
  expect(JSON.parse(found('vscode').snippet)).toEqual({ servers: { schedule: { type: 'stdio', ...entry } } });
  expect(found('gemini').path).toBe(fileOf('.gemini', 'settings.json'));
});

describe('writing', () => {
  it('makes a new file that only its owner can read', () => {
    const { change } = found('cursor');
    const { program, backup } = programs.connect('cursor', change?.basis ?? '');
    expect({ state: program.state, backup }).toEqual({ state: 'connected', backup: null });
    expect(JSON.parse(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8'))).toEqual({
      mcpServers: { schedule: entry },
    });
    expect(statSync(fileOf('.cursor', 'mcp.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps comments, other servers, indentation and rights, and a copy of the file', () => {
    const path = fileOf('.config', 'Code', 'User', 'mcp.json');
    const before =
      '{\n\t// mine\n\t"servers": {\n\t\t"files": { "command": "npx" }, // keep\n\t},\n\t"inputs": [],\n}\n';
    put(path, before);
    chmodSync(path, 0o640);
    const { change } = found('vscode');
    const { backup } = programs.connect('vscode', change?.basis ?? '');
    const after = readFileSync(path, 'utf8');
    expect(after).toBe(change?.after);
    expect(after).toContain('\t// mine\n\t"servers": {\n\t\t"schedule": {\n\t\t\t"type": "stdio",\n');
    expect(after).toContain('\t\t"files": { "command": "npx" }, // keep\n\t},\n\t"inputs": [],\n}\n');
    expect(found('vscode').state).toBe('connected');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readFileSync(backup ?? '', 'utf8')).toBe(before);
  });

  it('follows a link to the file, which stays a link', () => {
    put(fileOf('dotfiles', 'mcp.json'), '{}');
    mkdirSync(fileOf('.cursor'));
    symlinkSync(fileOf('dotfiles', 'mcp.json'), fileOf('.cursor', 'mcp.json'));
    programs.connect('cursor', found('cursor').change?.basis ?? '');
    expect(readFileSync(fileOf('dotfiles', 'mcp.json'), 'utf8')).toContain('schedule');
  });

  it('empties a file that holds nothing else if it is reached by a link, and keeps the link', () => {
    put(fileOf('dotfiles', 'mcp.json'), '');
    mkdirSync(fileOf('.cursor'));
    symlinkSync(fileOf('dotfiles', 'mcp.json'), fileOf('.cursor', 'mcp.json'));
    programs.connect('cursor', found('cursor').change?.basis ?? '');
    programs.disconnect('cursor', found('cursor').removal?.basis ?? '');
    expect(lstatSync(fileOf('.cursor', 'mcp.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(fileOf('dotfiles', 'mcp.json'), 'utf8')).toBe('{}\n');
  });

  it('keeps a file that another program wrote just before it is deleted', () => {
    programs.connect('cursor', found('cursor').change?.basis ?? '');
    const person = { platform: 'linux' as const, homeDir, env: {} };
    const slow = new AgentProgramFiles(person, command, () => {
      put(fileOf('.cursor', 'mcp.json'), '{"mine": 1}');
      return 0;
    });
    const basis = found('cursor').removal?.basis ?? '';
    expect(() => slow.disconnect('cursor', basis)).toThrow(/has changed since you looked/);
    expect(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8')).toBe('{"mine": 1}');
  });

  it('removes our server also if it is switched off', () => {
    put(
      fileOf('.cursor', 'mcp.json'),
      JSON.stringify({ a: 1, mcpServers: { schedule: { ...entry, disabled: true } } }),
    );
    expect(found('cursor')).toMatchObject({ state: 'off', change: expect.anything() as unknown });
    programs.disconnect('cursor', found('cursor').removal?.basis ?? '');
    expect(JSON.parse(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8'))).toEqual({ a: 1 });
  });

  it('refuses to replace a different kind of server with our name', () => {
    const text = '{"mcpServers": {"schedule": {"url": "https://example.org"}}}';
    put(fileOf('.cursor', 'mcp.json'), text);
    expect(() => programs.connect('cursor', '')).toThrow(/different server named “schedule”/);
    expect(programs.disconnect('cursor').program.state).toBe('other');
    expect(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8')).toBe(text);
  });

  it('refuses a file that has changed since the person looked', () => {
    const { change } = found('cursor');
    put(fileOf('.cursor', 'mcp.json'), '{"mcpServers": {}}');
    expect(() => programs.connect('cursor', change?.basis ?? '')).toThrow(/has changed since you looked/);
    expect(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8')).toBe('{"mcpServers": {}}');
  });

  it.each([
    ['{ "mcpServers": { ', /not valid JSON/],
    ['[]', /not valid JSON/],
    ['{ "mcpServers": [] }', /“mcpServers” in the file is not an object/],
  ])('never changes the file %s', (text, problem) => {
    put(fileOf('.cursor', 'mcp.json'), text);
    expect(found('cursor')).toMatchObject({ state: 'unreadable', change: null });
    expect(found('cursor').problem).toMatch(problem);
    expect(() => programs.connect('cursor', '')).toThrow(problem);
    expect(readFileSync(fileOf('.cursor', 'mcp.json'), 'utf8')).toBe(text);
  });

  it('refuses a folder in the place of the file', () => {
    mkdirSync(fileOf('.cursor', 'mcp.json'), { recursive: true });
    expect(found('cursor')).toMatchObject({ state: 'unreadable', change: null });
  });

  it('replaces the entry of an installation that has moved, and nothing else', () => {
    put(fileOf('.gemini', 'settings.json'), '{"theme": "x", "mcpServers": {"schedule": {"command": "/old"}, "a": {}}}');
    const { state, change } = found('gemini');
    expect(state).toBe('other');
    programs.connect('gemini', change?.basis ?? '');
    expect(JSON.parse(readFileSync(fileOf('.gemini', 'settings.json'), 'utf8'))).toEqual({
      theme: 'x',
      mcpServers: { schedule: entry, a: {} },
    });
  });
});

test('the places on macOS and Windows', () => {
  const mac = { platform: 'darwin' as const, homeDir: '/Users/a', env: {} };
  const windows = {
    ...mac,
    platform: 'win32' as const,
    homeDir: String.raw`C:\Users\a`,
    env: { APPDATA: String.raw`D:\Roaming` },
  };
  expect(programFile('claude-desktop', mac, command).path).toBe(
    '/Users/a/Library/Application Support/Claude/claude_desktop_config.json',
  );
  expect(programFile('vscode', windows, command).path).toBe(String.raw`D:\Roaming\Code\User\mcp.json`);
  expect(addCommand('codex', [String.raw`C:\Program Files\n.exe`, 'mcp'], 'win32')).toBe(
    String.raw`codex mcp add schedule -- "C:\Program Files\n.exe" mcp`,
  );
});

test.each([
  ['{}', 'mcpServers'],
  ['{"theme": "x"}', 'mcpServers'],
  ['// only a comment\n{\n}\n', 'servers'],
  ['{"servers": {}, "a": [1]}', 'servers'],
])('the server is found in %j after it was added, and the rest is the same', (text, key) => {
  const place = { format: jsonServers, key, entry, more: {} };
  const after = withServer(text, place) ?? '';
  expect(findServer(after, place).state).toBe('connected');
  const { [key]: _added, ...rest } = parse(after) as Record<string, unknown>;
  const { [key]: _before, ...before } = parse(text) as Record<string, unknown>;
  expect(rest).toEqual(before);
});
