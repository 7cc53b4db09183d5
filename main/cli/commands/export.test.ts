import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportDocumentSchema } from '../../contract/transfer.ts';
import type { ExportDocument } from '../../contract/transfer.ts';
import { cliFor, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let here: MemoryApplication;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-transfer-'));
  here = memoryApplication();
});
afterEach(() => {
  here.dispose();
  rmSync(folder, { recursive: true });
});
const from = cliFor(() => here);
const file = (name = 'all.json') => join(folder, name);

async function exported(...options: string[]): Promise<ExportDocument> {
  await from.ok('export', '--out', file(), '--force', ...options);
  return exportDocumentSchema.parse(JSON.parse(readFileSync(file(), 'utf8')));
}

describe('export', () => {
  it('writes a file that only its owner can read, and overwrites none', async () => {
    await from.create('Backup');
    const { file: path, tasks } = await from.ok('export', '--out', file());
    expect({ path, tasks }).toEqual({ path: file(), tasks: 1 });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const before = readFileSync(file());
    expect(await from.fails('export', '--out', file())).toMatchObject({
      code: 2,
      error: { code: 'usage/file-exists' },
    });
    expect(readFileSync(file())).toEqual(before);
    expect(await from.fails('export', '--out', join(folder, 'none', 'x'))).toMatchObject({ code: 2 });
  });

  it('holds a scheduled agent with its server, and import gives it back as it was', async () => {
    here.settings.update({ mcpServers: { notes: { command: 'notes-mcp' } } });
    const parameters = {
      ...{ agent: 'claude-code', promptFile: '/home/person/digest.md', permissions: 'edit', model: 'opus' },
      ...{ allowedTools: ['Bash(git push:*)'], mcpServers: ['notes'], maxCostUsd: 0.5, arguments: ['--verbose'] },
    };
    const task = ['--name', 'Digest', '--schedule', 'every weekday at 8', '--tool', 'agent:run'];
    await from.ok('create', ...task, '--params', JSON.stringify(parameters));
    await exported();
    const there = memoryApplication();
    try {
      await cliFor(() => there).ok('import', file(), '--keep-active');
      expect(Object.values(there.store.read().tasks)).toMatchObject([
        { name: 'Digest', tool: 'agent:run', status: 'active', parameters },
      ]);
      expect(there.settings.mcpServers()).toHaveProperty('notes', { command: 'notes-mcp' });
    } finally {
      there.dispose();
    }
  });

  it('goes to standard output without --out', async () => {
    await from.create('Backup');
    const { stdout } = await runLine(here, ['export']);
    expect(Object.values(exportDocumentSchema.parse(JSON.parse(stdout)).schedule.tasks)).toMatchObject([
      { name: 'Backup' },
    ]);
    expect((await from.ok('export')).document?.format).toBe('ncp-scheduler-export');
  });

  it('replaces every secret in the file and lists it', async () => {
    here.settings.update({
      mcpServers: {
        github: {
          command: 'npx',
          args: ['server', '--api-key=abcdef123', '--verbose'],
          env: { GITHUB_TOKEN: 'ghx1', LANG: 'C' },
        },
        web: {
          url: 'https://kim:hunter22@example.org/mcp?token=abc123def&page=2',
          headers: { Authorization: 'Bearer xyz', Accept: 'text/html' },
        },
      },
    });
    await from.create('Backup', 'true', '--env', 'RESTIC_PASSWORD=hunter22', 'RESTIC_PASSWORD_FILE=/etc/pw', 'LANG=C');
    await from.create('Call', 'curl -H "Authorization: Bearer abcdefghijkl" https://example.org');
    const nested = { url: 'https://x/', body: { login: [{ password: 'nested22' }] } };
    await from.ok(
      'create',
      ...['--name', 'Nested', '--schedule', 'every weekday at 9am', '--tool', 'http:request'],
      ...['--params', JSON.stringify({ ...nested, method: 'POST' })],
    );
    const { secrets, warnings } = await from.ok('export', '--out', file());
    const text = readFileSync(file(), 'utf8');
    for (const secret of ['nested22', 'abcdef123', 'ghx1', 'hunter22', 'abc123def', 'Bearer xyz'])
      expect(text).not.toContain(secret);
    for (const kept of ['--verbose', '/etc/pw', 'text/html', 'page=2']) expect(text).toContain(kept);
    expect(secrets.map(({ at }) => at.slice(-2).join('.')).sort()).toEqual([
      '0.password', 'args.1', 'env.GITHUB_TOKEN', 'env.RESTIC_PASSWORD', 'headers.Authorization', 'web.url', 'web.url',
    ]); // oxfmt-ignore
    expect(warnings).toEqual([expect.stringContaining('"Call"')]);
    expect(JSON.stringify(await exported('--with-secrets'))).toContain('hunter22');
  });
});

describe('export of a group', () => {
  it('writes files that run without this app, and lists what is not exported', async () => {
    await from.create('Backup', 'restic backup ~');
    await from.ok(
      'create',
      '--name',
      'Call',
      '--schedule',
      'every weekday at 9am',
      '--tool',
      'http:request',
      '--params',
      '{"url":"https://example.org"}',
    );
    const [timing] = (await from.ok('groups')).timings;
    const group = timing?.id ?? '';
    const out = join(folder, 'units');
    const {
      file: written,
      tasks,
      artifacts,
      warnings,
    } = await from.ok('export', '--group', group, '--as', 'systemd', '--out', out);
    expect({ written, tasks }).toEqual({ written: out, tasks: 1 });
    for (const { path, content } of artifacts ?? []) expect(readFileSync(join(out, path), 'utf8')).toBe(content);
    expect(artifacts?.map(({ path }) => path)).toEqual(['backup.timer', 'backup.service']);
    expect(warnings).toContainEqual(expect.stringContaining('http:request runs only in NCP Scheduler'));
    expect((await runLine(here, ['export', '--group', group, '--as', 'kubernetes'])).stdout).toContain('kind: CronJob');
    expect(await from.fails('export', '--group', group)).toMatchObject({ code: 2 });
    expect(await from.fails('export', '--group', 'none', '--as', 'crontab')).toMatchObject({ code: 3 });
  });
});
