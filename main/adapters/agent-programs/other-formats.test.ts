import { describe, expect, test } from 'vitest';
import { jsonServers } from './json-servers.ts';
import { findServer, withServer, withoutServer } from './server-format.ts';
import { tomlServers } from './toml-servers.ts';
import { yamlServers } from './yaml-servers.ts';

const entry = { command: "/opt/it's", args: ['--data-dir', 'C:\\data', 'mcp'] };
const codex = { format: tomlServers, key: 'mcp_servers', entry, more: {} };
const gemini = { format: jsonServers, key: 'mcpServers', entry, more: {} };
const { command: cmd, args } = entry;
const goose = { format: yamlServers, key: 'extensions', entry: { cmd, args }, more: { enabled: true, type: 'stdio' } };

describe.each([
  ['TOML', codex, ''],
  ['TOML', codex, 'model = "o3" # mine\n\n[mcp_servers.files] # keep\ncommand = "npx"\n'],
  ['TOML', codex, '[profiles.x]\r\nmodel = "o3"\r\n# the end\r\n'],
  ['TOML', codex, 'notify = """\n[mcp_servers.schedule]\n"""\n'],
  ['YAML', goose, ''],
  [
    'YAML',
    goose,
    '# mine\nGOOSE_MODEL: gpt # keep\nextensions:\n  # first\n  files:\n    cmd: npx\n    args: [a]\nlast: 1\n',
  ],
  ['YAML', goose, 'extensions:\r\n    files:\r\n        cmd: npx\r\nGOOSE_MODE: auto\r\n'],
])('%s', (_format, place, text) => {
  test(`adding and removing gives the text back: ${JSON.stringify(text)}`, () => {
    const added = withServer(text, place) ?? '';
    expect(findServer(added, place).state).toBe('connected');
    for (const line of text.split('\n')) expect(added.split('\n')).toContain(line);
    expect(withoutServer(added, place)).toBe(text);
  });
});

test('YAML of thousands of levels is refused', () => {
  const text = `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
  expect(() => yamlServers.parse(text)).toThrow('it is nested deeper than 100 levels');
});

test.each([
  [
    codex,
    '[mcp_servers.schedule]\nstartup_timeout_sec = 9 # off\ncommand = "old"\nargs = [\n  "a", # ]\n]\n\n[mcp_servers.schedule.env]\nA = "1"\n',
  ],
  [goose, 'extensions:\n  schedule:\n    cmd: old # mine\n    args:\n      - a\n    timeout: 9\n  files: {}\n'],
])('the server of an installation that moved keeps its other fields', (place, text) => {
  const changed = withServer(text, place) ?? '';
  expect(findServer(changed, place).state).toBe('connected');
  const kept = (each: string) => each.split('\n').filter((line) => /off|env|A =|timeout|files/.test(line));
  expect(kept(changed)).toEqual(kept(text));
});

test.each([
  [codex, '[mcp_servers.schedule]\nurl = "https://example.org"\n'],
  [goose, 'extensions:\n  schedule:\n    type: sse\n    uri: https://example.org\n'],
  [goose, 'extensions:\n  schedule:\n    type: builtin\n'],
  [gemini, '{"mcpServers": {"schedule": {"httpUrl": "https://example.org"}}}'],
  [gemini, '{"mcpServers": {"schedule": {"serverUrl": "https://example.org"}}}'],
  [gemini, JSON.stringify({ mcpServers: { schedule: { ...entry, type: 'http' } } })],
  [gemini, JSON.stringify({ mcpServers: { schedule: { ...entry, url: 'https://example.org' } } })],
])('a different kind of server with our name is not ours, and is not changed: %#', (place, text) => {
  const { state, problem } = findServer(text, place);
  expect(state).toBe('other');
  expect(problem).toMatch(/different server named “schedule”/);
});

test.each([
  [codex, '[mcp_servers.schedule]\nenabled = false\n', 'enabled = true'],
  [gemini, '{"mcpServers": {"schedule": {"disabled": true}}}', '"disabled": false'],
  [goose, 'extensions:\n  schedule:\n    enabled: false\n    type: stdio\n', 'enabled: true'],
])('our server is, if switched off, not connected, and connecting switches it on: %#', (place, off, on) => {
  const ours = withServer(off, place) ?? '';
  expect(ours).toContain(on);
  expect(findServer(ours, place)).toEqual({ state: 'connected', problem: null });
  const { format, key } = place;
  const switchedOff = on.includes('enabled') ? { enabled: false } : { disabled: true };
  const [again = ''] = format.changed(ours, key, switchedOff);
  expect(findServer(again, place).state).toBe('off');
  expect(withServer(again, place)).toBe(ours);
});

test.each([
  [codex, 'mcp_servers = { files = { command = "npx" } }\n'],
  [goose, '{extensions: {files: {cmd: npx}}}\n'],
])('a form that cannot be changed for certain is left alone: %#', (place, text) => {
  expect(findServer(text, place).state).toBe('absent');
  expect(withServer(text, place)).toBeNull();
});

test.each([
  [codex, 'a = \n', /not valid TOML/],
  [goose, 'a: [1\n', /not valid YAML \(line \d\)/],
])('the problem of a broken file is named: %#', (place, text, problem) => {
  expect(findServer(text, place)).toMatchObject({
    state: 'unreadable',
    problem: expect.stringMatching(problem) as string,
  });
});
