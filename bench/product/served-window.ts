import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { headlessEntry } from '../paths.ts';

const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts a Chromium as people have it. Its sandbox does not work for root. */
export function startChromium(): Promise<Browser> {
  if (!existsSync(chromiumPath)) throw new Error(`Chromium is not installed: ${chromiumPath} is missing`);
  return chromium.launch({ executablePath: chromiumPath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** `serve --web` in plain Node, at a free port. */
export class ServedWindow {
  readonly pid: number;
  /** From the start of the process until it printed its address, in ms. */
  readonly startMs: number;
  /** With a token that signs in one browser. */
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string, startMs: number) {
    this.pid = child.pid ?? 0;
    this.startMs = startMs;
    this.address = address;
    this.#child = child;
  }

  static async start(dataDir: string): Promise<ServedWindow> {
    const options = ['--web', '--no-open', '--json', '--listen', '127.0.0.1:0', '--data-dir', dataDir];
    const startedAt = performance.now();
    const child = spawn(process.execPath, [headlessEntry, 'serve', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    const address = await new Promise<string>((settle, reject) => {
      child.once('exit', (code) => reject(new Error(`serve ended with exit code ${code}: ${output}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const printed = /"address":"([^"]+)"/.exec(output)?.[1];
        if (printed !== undefined) settle(printed);
      });
    });
    return new ServedWindow(child, address, performance.now() - startedAt);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
