import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { remoteMark } from '../../contract/remote-command.ts';
import { receiveCommand } from './remote-side.ts';

const command = { argv: ['list', 'a\nb', 'ä$"\''], terminal: { columns: 80 }, env: { NO_COLOR: '1' } };

function receiving(chunks: readonly (string | Buffer)[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const received = receiveCommand(input, [output], '1.2.3');
  for (const chunk of chunks) input.write(chunk);
  return { input, output, received };
}
const header = (input: number | 'rest'): string => `${JSON.stringify({ ...command, input })}\n`;

describe('a command from another machine', () => {
  it('has its arguments, terminal and variables, and a mark before its output', async () => {
    const { received, output } = receiving([header(0)]);
    const { argv, terminal, env, stdin } = await received;
    expect({ argv, terminal, env }).toEqual(command);
    expect(await text(stdin)).toBe('');
    expect((output.read() as Buffer).toString()).toBe(remoteMark('1.2.3'));
  });

  it('has exactly its input, however the bytes arrive', async () => {
    const all = Buffer.from(`${header(6)}äbc\ndmore`);
    const { received } = receiving([...all].map((byte) => Buffer.from([byte])));
    expect(await text((await received).stdin)).toBe('äbc\nd');
  });

  it('is asked to stop at the end of the stream, and not before', async () => {
    const { received, input } = receiving([header(3), 'abc']);
    const { stop } = await received;
    expect(stop.aborted).toBe(false);
    input.end();
    await expect.poll(() => stop.aborted).toBe(true);
  });

  it('gets everything that follows if it is a conversation', async () => {
    const { received, input } = receiving([`${header('rest')}one`]);
    const { stdin, stop } = await received;
    input.end('two');
    expect(await text(stdin)).toBe('onetwo');
    expect(stop.aborted).toBe(false);
  });

  it.each([
    ['no JSON', 'list\n'],
    ['another document', '{"argv":"list"}\n'],
    ['a size that cannot be', header(-1)],
    ['a size that is too large', header(2 ** 40)],
  ])('is refused for %s', async (_, line) => {
    await expect(receiving([line]).received).rejects.toMatchObject({ code: 'usage/invalid-line' });
  });

  it('is refused if it ends too early', async () => {
    const { received, input } = receiving([header(100), 'abc']);
    input.end();
    await expect(received).rejects.toMatchObject({ code: 'usage/invalid-line' });
  });
});
