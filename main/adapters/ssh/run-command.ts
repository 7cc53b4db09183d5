import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Machine } from '../../contract/machines.ts';
import type { RemoteCommand } from '../../contract/remote-command.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { remoteProgram } from '../../domain/machines/remote-program.ts';
import { connectionLost, noSsh, sshFailure } from '../../domain/machines/ssh-failure.ts';
import { RemoteOutput } from './remote-output.ts';
import { startSsh } from './ssh-process.ts';

/** How long a command may take to end after it was asked to stop, in ms: the kill ladder of its runs takes ten seconds. */
const stopMs = 15_000;

export interface RunCommandOptions {
  readonly machine: Machine;
  /** Version of this program. */
  readonly version: string;
  readonly command: Omit<RemoteCommand, 'input'>;
  /** The command's standard input: all of it, or a stream for a conversation. */
  readonly input: Buffer | Readable;
  writeOut(bytes: Buffer): Promise<void>;
  writeError(bytes: Buffer): Promise<void>;
  /** Asks the command to stop, as Ctrl+C does. */
  readonly stop: AbortSignal;
}

/**
 * Runs a command line on another machine, and returns its exit code.
 * @throws SchedulerError `machine/…` if ssh fails or the program there does not answer
 */
export async function runCommand(options: RunCommandOptions): Promise<number> {
  const { machine, version, stop } = options;
  const child = startSsh(machine.host, remoteProgram(machine, '_remote'));
  const ended = endOf(child);
  const [out, error] = [new RemoteOutput(child.stdout), new RemoteOutput(child.stderr)];
  const release = stopOn(stop, child);
  try {
    send(child, options);
    const passed = Promise.all([
      out.pass((bytes) => options.writeOut(bytes)),
      error.pass((bytes) => options.writeError(bytes)),
    ]);
    const code = await ended;
    await passed;
    if (out.mark?.understood === false) throw otherVersion(machine.host, out.mark.version, version);
    const answered = out.mark !== null;
    if (answered && (code === 255 || code === null)) throw connectionLost(machine.host);
    if (!answered) throw sshFailure(machine.host, { code, text: `${out.noise}${error.noise}` }, version);
    return code ?? 1;
  } finally {
    release();
  }
}

function send(child: ChildProcessWithoutNullStreams, { command, input }: RunCommandOptions): void {
  // A failure to write is also the end of ssh, which is reported.
  child.stdin.on('error', () => undefined);
  const whole = Buffer.isBuffer(input);
  child.stdin.write(`${JSON.stringify({ ...command, input: whole ? input.length : 'rest' })}\n`);
  if (whole) child.stdin.write(input);
  else input.pipe(child.stdin);
}

/** Resolves to the exit code once ssh has ended and its output was read. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (problem: NodeJS.ErrnoException) => reject(problem.code === 'ENOENT' ? noSsh() : problem));
    child.once('close', (code) => resolve(code));
  });
}

/** Ends the input of the command there when this one is asked to stop; ends ssh if that does not help. */
function stopOn(stop: AbortSignal, child: ChildProcessWithoutNullStreams): () => void {
  let killing: NodeJS.Timeout | undefined;
  const ask = (): void => {
    child.stdin.end();
    killing = setTimeout(() => child.kill(), stopMs);
  };
  if (stop.aborted) ask();
  else stop.addEventListener('abort', ask, { once: true });
  return () => {
    clearTimeout(killing);
    stop.removeEventListener('abort', ask);
    child.stdin.destroy();
  };
}

function otherVersion(host: string, theirs: string, ours: string): SchedulerError {
  const message = `${host} has version ${theirs} of NCP Scheduler, which does not understand version ${ours} of this machine. Install the same version on both.`;
  return new SchedulerError('machine/other-version', message, { host, theirs, ours });
}
