import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Envelope } from '../../contract/errors.ts';
import type { IpcCall, IpcInput, IpcOutput } from '../../contract/ipc.ts';
import type { Greeting } from '../../contract/line-protocol.ts';
import type { Machine } from '../../contract/machines.ts';
import type { SchedulerError } from '../../domain/errors.ts';
import { remoteProgram } from '../../domain/machines/remote-program.ts';
import { connectionLost, noSsh, sshFailure } from '../../domain/machines/ssh-failure.ts';
import { LineClient } from './line-client.ts';
import { startSsh } from './ssh-process.ts';

/** Most of standard error that is kept for the message of a failure, in characters. */
const mostText = 64 * 1024;

export interface BridgeConnectionOptions {
  readonly machine: Machine;
  /** Version of this program. */
  readonly version: string;
  readonly onEvent: (name: string, payload: unknown) => void;
  /** Called once, when an established connection ends. */
  readonly onLost: (problem: SchedulerError) => void;
  /** Starts ssh. @default the ssh of the person */
  readonly start?: (host: string, command: string) => ChildProcessWithoutNullStreams;
}

/** One running `ssh HOST ncp-scheduler bridge`. */
export interface BridgeConnection {
  readonly greeting: Greeting;
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>>;
  /** Ends ssh. `onLost` is not called. */
  close(): void;
}

/**
 * Connects to the bridge of a machine.
 * @throws SchedulerError `machine/…` if ssh fails or no bridge answers
 */
export function openBridge(options: BridgeConnectionOptions): Promise<BridgeConnection> {
  const { machine, version, onEvent, onLost, start = startSsh } = options;
  const program = remoteProgram(machine, 'bridge', machine.dataDir);
  const child = start(machine.host, program);
  let text = '';
  let established = false;
  let closed = false;
  child.stderr.on('data', (chunk: Buffer) => (text = `${text}${chunk.toString('utf8')}`.slice(-mostText)));
  return new Promise((resolve, reject) => {
    const client = new LineClient({
      input: child.stdout,
      output: child.stdin,
      onEvent,
      onGreeting: (greeting) => {
        established = true;
        const close = (): void => {
          closed = true;
          child.stdin.end();
          child.kill();
        };
        resolve({ greeting, close, call: (name, input) => client.call(name, input) });
      },
      // Before the greeting: what login scripts print. It helps to explain a failure.
      onGarbage: (line) => (text = `${text}${line}\n`.slice(-mostText)),
    });
    const end = (problem: SchedulerError): void => {
      client.lose(problem);
      if (!established) reject(problem);
      else if (!closed) onLost(problem);
      closed = true;
    };
    child.once('error', (problem: NodeJS.ErrnoException) =>
      end(
        problem.code === 'ENOENT' ? noSsh() : sshFailure(machine.host, { code: null, text: problem.message }, version),
      ),
    );
    child.once('close', (code) =>
      end(established ? connectionLost(machine.host) : sshFailure(machine.host, { code, text }, version)),
    );
  });
}
