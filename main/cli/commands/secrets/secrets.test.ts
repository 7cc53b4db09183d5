import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runJson, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);
const set = (name: string, input: string) => runJson(application, ['secrets', 'set', name], { input });
/** The value as a run gets it, which no operation returns. */
const valueOf = async (name: string): Promise<string> => {
  const { locked } = (await application.outside.secretFile()).read()[name] ?? { locked: '' };
  return (await application.outside.cipher()).decrypt(locked);
};

describe('secrets', () => {
  it('are set from standard input, listed by name and removed', async () => {
    expect(await set('API_KEY', 's3cret')).toMatchObject({
      code: 0,
      answer: { secret: { name: 'API_KEY' }, note: null },
    });
    expect(await valueOf('API_KEY')).toBe('s3cret');
    expect((await ok('secrets list')).secrets).toMatchObject([{ name: 'API_KEY' }]);
    const { stdout } = await runLine(application, ['secrets', 'list']);
    expect(stdout).toContain('API_KEY');
    expect(stdout).not.toContain('s3cret');
    expect(await ok('secrets remove', 'API_KEY')).toEqual({ name: 'API_KEY' });
    expect((await ok('secrets list')).secrets).toEqual([]);
  });

  it.each([
    ['one line end at the end is not part of it', 'a b\n', 'a b'],
    ['nor that of Windows', 'a b\r\n', 'a b'],
    ['others are', '-----BEGIN KEY-----\nabc\n-----END KEY-----\n\n', '-----BEGIN KEY-----\nabc\n-----END KEY-----\n'],
  ])('%s', async (_, input, value) => {
    await set('KEY', input);
    expect(await valueOf('KEY')).toBe(value);
  });

  it('are asked for at a terminal, and not shown', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const shown: string[] = [];
    const stderr = new PassThrough().on('data', (chunk: Buffer) => shown.push(chunk.toString()));
    const ended = runLine(application, ['secrets', 'set', 'KEY'], { stdin, stderr });
    await expect.poll(() => shown.join('')).toContain('Value of KEY (it is not shown): ');
    stdin.write('typeX\u007fd\r');
    expect((await ended).code).toBe(0);
    expect(await valueOf('KEY')).toBe('typed');
    expect(shown.join('')).not.toContain('type');
  });

  it('that are empty, too long or badly named are refused with what would be right', async () => {
    expect(await set('KEY', '')).toMatchObject({ code: 2, answer: { error: { code: 'usage/missing-value' } } });
    expect(await set('KEY', 'x'.repeat(300_000))).toMatchObject({
      code: 2,
      answer: { error: { code: 'usage/invalid-value' } },
    });
    const { answer } = await set('my-key', 'x');
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('for example GITHUB_TOKEN') as string } });
    expect((await fails('secrets', 'remove', 'GONE')).error.code).toBe('secret/not-found');
    expect((await ok('secrets list')).secrets).toEqual([]);
  });

  it('say where the key is if it is not in the keychain, and why nothing can be stored', async () => {
    const cipher = await application.outside.cipher();
    application.outside.cipher = () => Promise.resolve({ ...cipher, note: () => 'The key is in a file.' });
    expect((await runLine(application, ['secrets', 'set', 'KEY'], { input: 'x' })).stdout).toBe(
      'Stored KEY. Tasks use it as ${secret:KEY}.\nNote: The key is in a file.\n',
    );
    expect((await runLine(application, ['secrets', 'list'])).stdout).toContain('The key is in a file.');
  });
});
