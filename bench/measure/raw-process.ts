import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

type Answer = { ready: true } | { result: Record<string, unknown> } | { error: string };

/** A raw measurement in its own process; see `raw/protocol.mjs`. */
export class RawProcess {
  readonly pid: number;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcessWithoutNullStreams, pid: number) {
    this.#child = child;
    this.pid = pid;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static async start(file: string, args: readonly string[], env = process.env): Promise<RawProcess> {
    const child = spawn(file, args, { env, stdio: 'pipe' });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    if (child.pid === undefined) throw new Error(`${file} did not start`);
    const raw = new RawProcess(child, child.pid);
    const first = await raw.#next();
    if (!('ready' in first)) throw new Error(`${file} ${args.join(' ')}: ${JSON.stringify(first)}\n${stderr}`);
    return raw;
  }

  /** Sends one line of work and returns its result. */
  async measure(line: string): Promise<Record<string, unknown>> {
    this.#child.stdin.write(`${line}\n`);
    const answer = await this.#next();
    if ('result' in answer) return answer.result;
    throw new Error(`raw measurement of ${line}: ${JSON.stringify(answer)}`);
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.write('exit\n');
    await ended;
  }

  async #next(): Promise<Answer> {
    for (;;) {
      const { value, done } = (await this.#answers.next()) as { value: string; done?: boolean };
      if (done === true) return { error: 'the process ended' };
      // Electron also prints warnings to stdout.
      if (value.startsWith('{')) return JSON.parse(value) as Answer;
    }
  }
}
