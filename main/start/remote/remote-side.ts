import { PassThrough, Readable } from 'node:stream';
import { mostInput, remoteCommandSchema, remoteMark, type RemoteCommand } from '../../contract/remote-command.ts';
import { SchedulerError } from '../../domain/errors.ts';

/** Longest first line, in bytes: the operating systems allow command lines of up to two MiB. */
const longestCommand = 8 * 1024 * 1024;

/** A command line that another machine sent. */
export interface ReceivedCommand extends Pick<RemoteCommand, 'argv' | 'terminal' | 'env'> {
  readonly stdin: Readable;
  /** Aborted when the other machine asks the command to stop, or is gone. */
  readonly stop: AbortSignal;
}

/**
 * Receives the command line of `_remote`, and marks where the output of the command begins.
 * @throws SchedulerError `usage/invalid-line` for something else than a command
 */
export async function receiveCommand(
  input: Readable,
  outputs: readonly { write(text: string): unknown }[],
  version: string,
): Promise<ReceivedCommand> {
  for (const output of outputs) output.write(remoteMark(version));
  const source = new ByteSource(input);
  const { argv, terminal, env, input: length } = readCommand(await source.line(longestCommand));
  const given = { argv, terminal, env };
  if (length === 'rest') return { ...given, stdin: source.rest(), stop: new AbortController().signal };
  if (length > mostInput) throw invalid(`The input has more than ${mostInput} bytes.`);
  const stdin = Readable.from(length === 0 ? [] : [await source.bytes(length)]);
  return { ...given, stdin, stop: source.ended() };
}

function readCommand(line: string): RemoteCommand {
  try {
    return remoteCommandSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw invalid('Use `--on HOST` instead of this command.', cause);
  }
}

function invalid(sentence: string, cause?: unknown): SchedulerError {
  return new SchedulerError(
    'usage/invalid-line',
    `Standard input does not begin with a command. ${sentence}`,
    {},
    cause,
  );
}

/** Reads parts of a stream, one after the other. */
class ByteSource {
  readonly #input: Readable;
  #held: Buffer[] = [];

  constructor(input: Readable) {
    this.#input = input;
  }

  async line(longest: number): Promise<string> {
    let length = 0;
    for (;;) {
      const chunk = await this.#next();
      const end = chunk.indexOf(0x0a);
      length += chunk.length;
      if (end !== -1) return this.#take(length - chunk.length + end + 1).toString('utf8');
      if (length > longest) throw invalid('Its first line is too long.');
    }
  }

  async bytes(count: number): Promise<Buffer> {
    let length = this.#held.reduce((sum, { length: own }) => sum + own, 0);
    while (length < count) length += (await this.#next()).length;
    return this.#take(count);
  }

  /** Returns what has not been read as a stream. */
  rest(): Readable {
    const stream = new PassThrough();
    for (const chunk of this.#held) stream.write(chunk);
    return this.#input.pipe(stream);
  }

  /** Returns a signal that is aborted at the end of the stream. Ignores what is sent until then. */
  ended(): AbortSignal {
    const controller = new AbortController();
    const end = (): void => controller.abort();
    if (this.#input.readableEnded || this.#input.destroyed) end();
    for (const event of ['end', 'close', 'error']) this.#input.once(event, end);
    this.#input.resume();
    return controller.signal;
  }

  #take(count: number): Buffer {
    const all = Buffer.concat(this.#held);
    this.#held = all.length > count ? [all.subarray(count)] : [];
    return all.subarray(0, count);
  }

  /** Keeps the next chunk, and returns it. */
  async #next(): Promise<Buffer> {
    for (;;) {
      const chunk = this.#input.read() as Buffer | null;
      if (chunk !== null) {
        this.#held.push(chunk);
        return chunk;
      }
      if (this.#input.readableEnded || this.#input.destroyed) throw invalid('It ended too early.');
      await this.#moved();
    }
  }

  async #moved(): Promise<void> {
    const events = ['readable', 'end', 'close', 'error'];
    await new Promise<void>((resolve) => {
      const moved = (): void => {
        for (const event of events) this.#input.off(event, moved);
        resolve();
      };
      for (const event of events) this.#input.on(event, moved);
    });
  }
}
