import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { SchedulerError } from '../../domain/errors.ts';
import type { CliEnvironment } from '../environment.ts';

/** Far more than a key or certificate needs, so that the wrong file is refused. */
const maxBytes = 256 * 1024;

/**
 * Reads the value of a secret from standard input: all of it, without one line end at its end. At a terminal it asks for
 * one line and does not show what is typed.
 *
 * @throws SchedulerError `usage/missing-value`, `usage/invalid-value`.
 */
export async function readSecretValue(name: string, environment: CliEnvironment): Promise<string> {
  const { stdin, stderr, stop } = environment;
  const value = isTerminal(stdin) ? await hiddenLine(name, stdin, stderr, stop) : await wholeText(stdin);
  if (value !== '') return value;
  const message = `No value was given for ${name}. Pipe it in, for example: printf %s "$TOKEN" | ncp-scheduler secrets set ${name}`;
  throw new SchedulerError('usage/missing-value', message, { name });
}

const isTerminal = (stdin: Readable): boolean => 'isTTY' in stdin && stdin.isTTY === true;

async function wholeText(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Buffer | string);
    size += bytes.length;
    if (size > maxBytes) {
      const message = `Standard input is longer than ${maxBytes / 1024} KiB. Is it the value of a secret?`;
      throw new SchedulerError('usage/invalid-value', message, { maxBytes });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

/** Returns an empty text if the person ends the input with Ctrl-C or Ctrl-D. */
async function hiddenLine(name: string, stdin: Readable, stderr: Writable, stop: AbortSignal): Promise<string> {
  stderr.write(`Value of ${name} (it is not shown): `);
  // With a terminal, readline handles the keys and echoes them to `output`, which drops them.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: true });
  const close = () => lines.close();
  stop.addEventListener('abort', close, { once: true });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('SIGINT', close);
      lines.once('close', () => resolve(''));
    });
  } finally {
    stop.removeEventListener('abort', close);
    lines.close();
    stderr.write('\n');
  }
}
