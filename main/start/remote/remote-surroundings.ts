import type { CliEnvironment } from '../../cli/environment.ts';
import { messageOf } from '../../domain/errors.ts';
import type { StopRequest } from '../stop-signals.ts';
import { receiveCommand } from './remote-side.ts';

/** Where a command line comes from, and what it sees around it. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly environment: Pick<CliEnvironment, 'stdin' | 'isTerminal' | 'columns' | 'env' | 'canAsk'>;
  /** Called when the command has ended. */
  release(): void;
}

/**
 * Returns what a command line that another machine sent sees around it. Null if none was sent, which is reported on
 * standard error. When the other machine is gone, or asks for it, `stop` is interrupted.
 */
export async function remoteSurroundings(
  { stdin, stdout, stderr, env }: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>,
  version: string,
  stop: Pick<StopRequest, 'interrupt'>,
): Promise<Surroundings | null> {
  try {
    const received = await receiveCommand(stdin, [stdout, stderr], version);
    received.stop.addEventListener('abort', () => stop.interrupt(), { once: true });
    if (received.stop.aborted) stop.interrupt();
    const columns = received.terminal?.columns ?? null;
    const terminal = { isTerminal: received.terminal !== null, ...(columns !== null && { columns }), canAsk: false };
    return {
      argv: received.argv,
      environment: { stdin: received.stdin, env: { ...env, ...received.env }, ...terminal },
      // The other machine keeps its end open until this process has ended.
      release: () => void stdin.destroy(),
    };
  } catch (problem) {
    stderr.write(`error: ${messageOf(problem)}\n`);
    return null;
  }
}
