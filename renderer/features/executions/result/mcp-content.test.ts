import { describe, expect, test } from 'vitest';
import { readContent } from './mcp-content.ts';

describe('a tool’s answer', () => {
  test('in MCP form is shown by the type of each part', () => {
    const { parts, isError } = readContent({
      isError: true,
      content: [
        { type: 'text', text: 'hello' },
        { type: 'image', data: 'AAAA', mimeType: 'image/png' },
        { type: 'resource_link', uri: 'file:///a', name: 'A' },
        { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
        { type: 'audio', data: 'AAAA' },
      ],
    });
    expect(isError).toBe(true);
    expect(parts.map(({ kind }) => kind)).toEqual(['text', 'image', 'link', 'audio', 'json']);
    expect(parts[1]).toEqual({ kind: 'image', source: 'data:image/png;base64,AAAA' });
    expect(parts[3]).toEqual({ kind: 'audio', source: 'data:audio/wav;base64,AAAA' });
  });

  test('names the files in which pictures, data and structured content were saved', () => {
    const file = (name: string) => ({ file: `/logs/a.files/${name}`, bytes: 5 });
    const { parts } = readContent({
      content: [
        { type: 'image', mimeType: 'image/png', ...file('1.png') },
        { type: 'resource', resource: { uri: 'file:///b.pdf', ...file('2.pdf') } },
        { type: 'audio', mimeType: 'audio/wav', notSaved: 'the disk is full', bytes: 7 },
      ],
      structuredContentFile: { file: 'C:\\logs\\a.files\\3.json', bytes: 9 },
    });
    expect(parts).toEqual([
      { kind: 'file', name: '1.png', bytes: 5, about: 'image/png' },
      { kind: 'file', name: '2.pdf', bytes: 5, about: 'file:///b.pdf' },
      { kind: 'lost', reason: 'the disk is full', bytes: 7, about: 'audio/wav' },
      { kind: 'file', name: '3.json', bytes: 9, about: '' },
    ]);
  });

  test.each(['image/svg+xml', 'audio/wav;x="', 'text/html'])('of the type %s is not loaded', (mimeType) => {
    const { parts } = readContent({ content: [{ type: 'image', data: 'AAAA', mimeType }] });
    expect(parts[0]?.kind).toBe('json');
  });

  test('in any other form is shown as JSON', () => {
    expect(readContent({ status: 200 }).parts).toEqual([{ kind: 'json', value: { status: 200 } }]);
    expect(readContent({ content: [], structuredContent: { a: 1 } }).parts).toHaveLength(1);
  });

  test('with JSON in its text is shown as JSON, and repeated structured content only once', () => {
    const structuredContent = { files: ['a'] };
    const content = [{ type: 'text', text: JSON.stringify(structuredContent) }];
    expect(readContent({ content, structuredContent }).parts).toEqual([{ kind: 'json', value: structuredContent }]);
    expect(readContent({ content: [{ type: 'text', text: '[not json' }] }).parts).toEqual([
      { kind: 'text', text: '[not json' },
    ]);
  });

  test('with an embedded resource shows its content', () => {
    const resource = (fields: object) => readContent({ content: [{ type: 'resource', resource: fields }] }).parts[0];
    expect(resource({ uri: 'file:///a', text: 'inside' })).toEqual({ kind: 'text', text: 'inside' });
    expect(resource({ uri: 'file:///b', blob: 'AAAA', mimeType: 'image/png' })).toMatchObject({ kind: 'image' });
    expect(resource({ uri: 'file:///c', blob: 'AAAA', mimeType: 'application/zip' })).toMatchObject({ kind: 'json' });
  });
});
