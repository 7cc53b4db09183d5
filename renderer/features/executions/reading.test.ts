import { describe, expect, test } from 'vitest';
import { sampleExecution } from '../../testing/samples.ts';
import { readContent } from './mcp-content.ts';
import { usualDurations } from './usual-durations.ts';

describe('a tool’s answer', () => {
  test('in MCP form is shown by the type of each part', () => {
    const { parts, isError } = readContent({
      isError: true,
      content: [
        { type: 'text', text: 'hello' },
        { type: 'image', data: 'AAAA', mimeType: 'image/png' },
        { type: 'resource_link', uri: 'file:///a', name: 'A' },
        { type: 'audio', data: 'AAAA' },
      ],
    });
    expect(isError).toBe(true);
    expect(parts.map(({ kind }) => kind)).toEqual(['text', 'image', 'link', 'json']);
    expect(parts[1]).toEqual({ kind: 'image', source: 'data:image/png;base64,AAAA' });
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

  test('with an image type that may not be loaded is not shown', () => {
    const { parts } = readContent({ content: [{ type: 'image', data: 'AAAA', mimeType: 'image/svg+xml' }] });
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

test('the usual duration is the median of enough successful runs', () => {
  const runs = [10, 30, 20].map((duration) => sampleExecution({ duration }));
  expect(usualDurations(runs).get('task-1')).toBe(20);
  expect(usualDurations(runs.slice(1)).size).toBe(0);
  expect(usualDurations([...runs, sampleExecution({ duration: 9999, status: 'failure' })]).get('task-1')).toBe(20);
});
