import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostile, mcpRun } from '../../../testing/mcp-run.ts';
import { largestResult } from './answer/fitted-result.ts';

type Part = { type: string; file?: string; bytes?: number; resource?: { file?: string; text?: string } };
const partsOf = (result: unknown) => (result as { content: Part[] }).content;

describe('an answer of a tool', () => {
  it('with a picture has it whole in a file beside the log, which the log and the result name', async () => {
    const { result, log, logPath } = await mcpRun(hostile('picture', 546_000), 's:t');
    const [part] = partsOf(result.result);
    const file = logPath.replace(/\.log$/, '.files/1.png');
    expect(part).toEqual({ type: 'image', mimeType: 'image/png', file, bytes: 546_000 });
    expect(readFileSync(file).equals(Buffer.alloc(546_000, 'a'))).toBe(true);
    expect(log).toContain(` sys The answer has a picture (image/png, 546000 bytes): ${file}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(result.logBytes).toBe(statSync(logPath).size + 546_000);
  });

  it('that arrives in one piece with the last progress has that in the log, too', async () => {
    const { result, log } = await mcpRun(hostile('progress'), 's:t');
    expect(result.error).toBeNull();
    expect(log).toContain(' sys Progress: 2 of 2\n');
  });

  it('with sound has it in a file', async () => {
    const { result, logPath } = await mcpRun(hostile('audio', 5000), 's:t');
    expect(partsOf(result.result)[0]?.file).toBe(logPath.replace(/\.log$/, '.files/1.wav'));
  });

  it('with binary data has it in a file, whose name the server does not choose', async () => {
    const { result, logPath } = await mcpRun(hostile('blob', 5000), 's:t');
    const file = logPath.replace(/\.log$/, '.files/1.bin');
    expect(partsOf(result.result)[0]?.resource).toEqual({ uri: 'file:///tmp/../../etc/report.pdf', file, bytes: 5000 });
    expect(statSync(file).size).toBe(5000);
  });

  it('with an embedded text has it in the log and in the result, and success criteria see it', async () => {
    const success = [{ check: 'contains', text: '# Title', in: 'output' }];
    const { result, log } = await mcpRun(hostile('embedded-text', 10), 's:t', {}, { success });
    expect(result.error).toBeNull();
    expect(log).toContain(' sys The answer embeds repo://o/r/README.md:\n');
    expect(log).toContain(' out # Title\n');
    expect(partsOf(result.result)[1]?.resource?.text).toBe(`# Title\n${'x'.repeat(10)}`);
  });

  it('with an embedded text of 5 MB has a result within the limit, and says what is missing', async () => {
    const { result, log } = await mcpRun(hostile('embedded-text', 5_000_000), 's:t');
    expect(JSON.stringify(result.result).length).toBeLessThanOrEqual(largestResult);
    expect(log).toMatch(/ sys Not in the result of the run: \d+ characters of its texts, which are in the log/);
  });

  it('with large structured content has it whole in a file, and success criteria see it', async () => {
    const success = [{ check: 'json', path: '$.last', is: 'equals', value: 'end' }];
    const { result, log, logPath } = await mcpRun(hostile('structure', 600_000), 's:t', {}, { success });
    expect(result.error).toBeNull();
    const { file } = (result.result as { structuredContentFile: { file: string } }).structuredContentFile;
    expect(file).toBe(logPath.replace(/\.log$/, '.files/1.json'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ last: 'end' });
    expect(log).toMatch(/ sys Not in the result of the run: the structured content, \d+ characters of JSON\.\n/);
  });

  it('has no secret in its files', async () => {
    const { logPath } = await mcpRun(hostile('picture', 100), 's:t', {}, { masked: ['aaaaaaaaaa'] });
    expect(readFileSync(logPath.replace(/\.log$/, '.files/1.png'), 'utf8')).not.toContain('aaaaaaaaaa');
  });

  it('that links to something has the address in the log', async () => {
    const { log } = await mcpRun(hostile('link'), 's:t');
    expect(log).toContain(' sys The answer links to file:///tmp/report.pdf.\n');
  });
});
