import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connectControl } from '../../main/adapters/control/client.ts';
import { controlPath } from '../../main/adapters/control/control-path.ts';
import type { Execution } from '../../main/contract/execution.ts';
import type { ControlClient } from '../../main/ports/control.ts';
import { headlessEntry, packagedExecutable } from '../paths.ts';

export type ProductKind = 'electron' | 'node';

/**
 * A running primary with a control connection: the packaged app in the tray (which needs a display, because of GTK's
 * tray icon), or `serve` in plain Node.
 */
export class RunningProduct {
  readonly pid: number;
  readonly control: ControlClient;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, control: ControlClient) {
    this.#child = child;
    this.control = control;
    this.pid = control.primary.pid;
  }

  static async start(kind: ProductKind, dataDir: string): Promise<RunningProduct> {
    const [file, ...args] =
      kind === 'electron'
        ? [packagedExecutable, '--hidden', '--data-dir', dataDir]
        : [process.execPath, headlessEntry, 'serve', '--data-dir', dataDir];
    const child = spawn(file, args, { stdio: 'ignore' });
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && child.exitCode === null) {
      const control = await connectControl(controlPath(dataDir));
      if (control !== null) return new RunningProduct(child, control);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    throw new Error(`the product did not answer its control socket (exit code ${String(child.exitCode)})`);
  }

  /** Fires one slot of a group and waits for the last outcome. Throws unless `count` executions succeeded. */
  async fire(timingId: string, slot: string, count: number): Promise<Execution[]> {
    const { executions } = await this.control.call('timing.run', { timingId, slot });
    const failed = executions.find((execution) => execution.status !== 'success');
    if (executions.length !== count || failed !== undefined) {
      throw new Error(`${executions.length} of ${count} executions; ${JSON.stringify(failed)}`);
    }
    return executions;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.control.close();
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(force);
  }
}
