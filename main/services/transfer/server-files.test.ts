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
