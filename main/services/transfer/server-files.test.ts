import { describe, expect, it } from 'vitest';
import { readServerFiles } from './server-files.ts';

const file = (path: string, mcpServers: unknown) => ({ path, text: JSON.stringify({ mcpServers, theme: 'dark' }) });
const files = { command: 'npx', args: ['-y', 'files'] };

describe('servers of other programs', () => {
  it('are imported unchanged, and nothing else of the file', () => {
    const source = readServerFiles([file('/claude.json', { files, docs: { url: 'https://docs.example/mcp' } })]);
    expect(source.settings).toEqual({ mcpServers: { files, docs: { url: 'https://docs.example/mcp' } } });
    expect(source).toMatchObject({ kind: 'mcp-servers', candidates: [], refused: [], secrets: [] });
    expect(source.notes).toEqual(['/claude.json: files, docs.']);
  });

  it('keep their names, also with spaces, and get a usable one only where they must', () => {
    const source = readServerFiles([file('/a.json', { 'Google Drive': files, http: files, 'a:b': files })]);
    expect(Object.keys(source.settings['mcpServers'] as object)).toEqual(['Google Drive', 'http', 'a-b']);
    expect(source.notes).toContain(
      '/a.json: "a:b" is imported as "a-b": The name of the server contains a colon, which separates it from the name of a tool.',
    );
  });

  it('have their address in url, whatever the other program calls it', () => {
    const address = 'https://docs.example/mcp';
    const source = readServerFiles([file('/a.json', { a: { serverUrl: address }, b: { httpUrl: address } })]);
    expect(source.settings).toEqual({ mcpServers: { a: { url: address }, b: { url: address } } });
  });

  it('come from the file of VS Code, without those that it asks a person for', () => {
    const servers = {
      github: { type: 'http', url: 'https://x.test/mcp', headers: { Authorization: 'Bearer ${input:token}' } },
      local: { type: 'stdio', ...files, envFile: '.env' },
    };
    const source = readServerFiles([{ path: '/mcp.json', text: JSON.stringify({ inputs: [], servers }) }]);
    expect(source.settings).toEqual({ mcpServers: { local: servers.local } });
    expect(source.refused).toEqual([
      { source: '/mcp.json', name: 'github', reason: expect.stringContaining('needs ${input:token}') as string },
    ]);
    expect(source.notes).toContain('The variables of local in .env are not read. Add them to its env.');
  });

  it('that are turned off stay so, and those that cannot be started are refused', () => {
    const source = readServerFiles([file('/a.json', { off: { ...files, disabled: true }, none: { args: [] } })]);
    expect(source.settings).toEqual({ mcpServers: { off: { ...files, disabled: true } } });
    expect(source.notes).toContain('off is turned off there and stays so ("disabled": true).');
    expect(source.refused).toMatchObject([{ name: 'none', reason: 'It has neither a command nor a url.' }]);
  });

  it('of the same name come from the first file, and the others are listed where they differ', () => {
    const source = readServerFiles([
      file('/a.json', { files }),
      file('/b.json', { files }),
      file('/c.json', { files: { command: 'other' } }),
    ]);
    expect(source.settings).toEqual({ mcpServers: { files } });
    expect(source.refused).toEqual([
      { source: '/c.json', name: 'files', reason: 'Another file has a server with this name; that server is used.' },
    ]);
  });

  it('with passwords are named', () => {
    const env = { GITHUB_TOKEN: 'ghp_0123456789012345678901234567' };
    const { notes } = readServerFiles([file('/a.json', { github: { ...files, env }, files })]);
    expect(notes.at(-1)).toMatch(/^The passwords or tokens of github are copied in plain text\./);
    expect(notes.join()).not.toContain('ghp_');
  });

  it('may begin with a byte order mark, as Notepad saves them', () => {
    const { text } = file('', { files });
    expect(readServerFiles([{ path: '/a.json', text: `\uFEFF${text}` }]).settings).toEqual({ mcpServers: { files } });
  });
});

describe('a file without servers', () => {
  const texts = ['{"a":', '[]', '{"mcpServers":[]}', 'null', '{}'];

  it.each(texts)('alone is refused: %s', (text) => {
    expect(() => readServerFiles([{ path: '/a.json', text }])).toThrow(
      expect.objectContaining({ code: 'usage/import-unreadable', details: { path: '/a.json' } }),
    );
  });

  it.each(texts)('beside others is a note: %s', (text) => {
    const source = readServerFiles([{ path: '/a.json', text }, file('/b.json', { files })]);
    expect(source.settings).toEqual({ mcpServers: { files } });
    expect(source.notes[0]).toContain('/a.json');
  });

  it('gives nothing if there are no files', () => {
    expect(readServerFiles([])).toMatchObject({ settings: { mcpServers: {} }, notes: [] });
  });
});
