import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentProgramNameSchema } from '../../contract/agent-programs.ts';
import type { AgentProgramName } from '../../contract/agent-programs.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { AgentProgramFiles } from './agent-program-files.ts';
import { programFile } from './programs.ts';
import { SERVER_NAME } from './server-format.ts';

// The configurations that people have, 500 times: comments, tabs, Windows line ends, a byte order mark, a symbolic link, a
// read-only file, half a file, bytes that are not UTF-8, and another program that writes in between.

const json = (key: string, comments: boolean) =>
  [
    '{',
    ...(comments ? ['  // what I like'] : []),
    '  "theme": "dark",',
    `  "${key}": {`,
    '    "files": { "command": "npx", "args": ["-y", "files"], "mine": [1, 2] }',
    '  },',
    '  "zuletzt": { "ä": "ö 🙂", "n": 1.50, "list": [ 1,2 ,3 ] }',
    '}',
    '',
  ].join('\n');
const toml =
  '# mine\nmodel = "o3"\n\n[mcp_servers.files]  # keep\ncommand = "npx"\nargs = [\n  "-y", # yes\n  "files",\n]\n\n[tui]\nnotice = """\n[x]\n"""\n';
const yaml =
  '# mine\nGOOSE_MODEL: gpt-5 # keep\nextensions:\n  # first\n  files:\n    cmd: npx\n    args:\n      - -y\n      - files\n\nlast: |\n  two\n  lines\n';
const texts: Readonly<Record<AgentProgramName, readonly string[]>> = {
  'claude-desktop': [json('mcpServers', false), '{}', ''],
  'claude-code': [json('mcpServers', false), '{"numStartups": 3, "projects": {"/a": {"mcpServers": {}}}}'],
  cursor: [json('mcpServers', true), '{\n}\n'],
  vscode: [json('servers', true), '{"servers": {}, "inputs": []}'],
  windsurf: [json('mcpServers', false), ''],
  codex: [toml, ''],
  gemini: [json('mcpServers', true), '{"mcpServers": null}'],
  goose: [yaml, 'extensions: {}\n', 'extensions:\nother: 1\n'],
  opencode: [json('mcp', true), '{ "$schema": "https://opencode.ai/config.json" }'],
};

const ours = {
  json: '"schedule": { "command": "/old", "args": [], "trust": true },',
  toml: '\n[mcp_servers.schedule]\ncommand = "/old"\nstartup_timeout_sec = 9 # off\n',
};

/** Changes of a text that a person, an editor or an accident makes. */
const mutations = fc.record({
  tabs: fc.boolean(),
  crlf: fc.boolean(),
  mark: fc.boolean(),
  moved: fc.boolean(),
  link: fc.boolean(),
  readOnly: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  latin1: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
  cut: fc.option(fc.nat(400), { freq: 6 }),
  meanwhile: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

type Mutation = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

function mutated(text: string, { tabs, crlf, mark, moved, latin1, cut }: Mutation) {
  let now = text;
  if (moved && now.startsWith('{')) now = now.replace(/("(?:mcpServers|servers|mcp)": \{\n)/, `$1    ${ours.json}\n`);
  if (moved && now.startsWith('#') && now.includes('[tui]')) now += ours.toml;
  if (tabs && !now.includes('extensions'))
    now = now.replaceAll(/^(?: {2})+/gm, (blank) => '\t'.repeat(blank.length / 2));
  if (crlf) now = now.replaceAll('\n', '\r\n');
  if (cut !== null) now = now.slice(0, cut);
  return Buffer.from(`${mark ? '\uFEFF' : ''}${now}`, latin1 ? 'latin1' : 'utf8');
}

const cases = fc
  .constantFrom(...agentProgramNameSchema.options)
  .chain((program) => fc.tuple(fc.constant(program), fc.constantFrom(...texts[program]), mutations));

test('whatever the file of a program looks like, nothing in it is lost', () => {
  const command = ['/opt/NCP "Scheduler"/ncp', '--data-dir', "/it's", 'mcp'];
  const seen = { written: 0, refused: 0 };
  const root = temporaryDir();
  let count = 0;
  fc.assert(
    fc.property(cases, ([program, text, mutation]) => {
      const person = { platform: 'linux' as const, homeDir: join(root, `${(count += 1)}`), env: {} };
      const file = programFile(program, person, command);
      const programs = new AgentProgramFiles(person, command, Date.now);
      const bytes = mutated(text, mutation);
      put(file.path, bytes, mutation);
      const found = () => programs.find(program);
      const change = found().change;
      if (change === null) {
        expect(() => programs.connect(program, '')).toThrow(SchedulerError);
        expect(readFileSync(file.path)).toEqual(bytes);
        seen.refused += 1;
        return;
      }
      if (mutation.meanwhile) {
        writeFileSync(file.path, `${bytes.toString()} `);
        expect(() => programs.connect(program, change.basis)).toThrow(/has changed since you looked/);
        expect(readFileSync(file.path, 'utf8')).toBe(`${bytes.toString()} `);
        return;
      }
      const { backup } = programs.connect(program, change.basis);
      const after = readFileSync(file.path, 'utf8');
      seen.written += 1;
      expect(readFileSync(backup ?? '')).toEqual(bytes);
      expect(found().state).toBe('connected');
      expectNothingLost(bytes.toString(), after, file);
      expect(readdirSync(dirname(file.path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      const moved = withoutMark(bytes.toString()).includes(SERVER_NAME);
      programs.disconnect(program);
      if (!moved) expect(meaning(textOr(file.path), file)).toBe(meaning(bytes.toString(), file));
    }),
    { numRuns: 500 },
  );
  // The test itself tests something: many files are written, some are refused.
  expect(seen.written).toBeGreaterThan(150);
  expect(seen.refused).toBeGreaterThan(20);
});

function put(path: string, bytes: Buffer, { link, readOnly }: { link: boolean; readOnly: boolean }): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = link ? join(dirname(path), 'dotfile') : path;
  writeFileSync(target, bytes);
  if (link) symlinkSync(target, path);
  if (readOnly) chmodSync(target, 0o444);
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');
const textOr = (path: string): string => (statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : '');

type File = ReturnType<typeof programFile>;

/** Returns what a text says, without an empty list of servers. */
function meaning(text: string, { format, key }: File): string {
  const { [key]: servers, ...rest } = format.parse(withoutMark(text)) as Record<string, unknown>;
  const isEmpty = servers === null || servers === undefined || Object.keys(servers).length === 0;
  return canonicalJson(isEmpty ? rest : { ...rest, [key]: servers });
}

/** Each line with a comment or a field that is not ours is still there, as it was and in its order; the mark and line ends, too. */
function expectNothingLost(before: string, after: string, file: File): void {
  expect(after.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
  const isWindows = before.includes('\r\n') && !/[\r\n]/.test(before.replaceAll('\r\n', ''));
  if (isWindows) expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const said = JSON.parse(meaning(after, file)) as Record<string, Record<string, unknown>>;
  const { [SERVER_NAME]: added, ...others } = said[file.key] ?? {};
  const had = JSON.parse(meaning(before, file)) as Record<string, Record<string, unknown>>;
  const { [SERVER_NAME]: old, ...kept } = had[file.key] ?? {};
  expect(others).toEqual(kept);
  expect(added).toMatchObject({ ...(old as object | undefined), ...file.entry });
  const lines = (text: string) =>
    withoutMark(text)
      .split(/\r?\n/)
      .filter((line) => /mine|keep|files|theme|🙂|model|last|tui/i.test(line));
  expect(lines(after).filter((line) => !line.includes('/opt/NCP'))).toEqual(lines(before));
}
