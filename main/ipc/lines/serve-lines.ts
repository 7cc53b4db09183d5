import type { Readable, Writable } from 'node:stream';
import type { Application } from '../../application/application.ts';
import { messageOf } from '../../domain/errors.ts';
import type { IpcEvent, IpcEventPayload } from '../../contract/ipc.ts';
import type { Greeting } from '../../contract/line-protocol.ts';
import { WindowEvents } from '../events.ts';
import { ipcHandlers } from '../handlers.ts';
import { contractHash } from './contract-hash.ts';
import { headlessHost } from './headless-host.ts';
import { LineBinding } from './line-binding.ts';

export interface ServeLinesOptions {
  readonly application: Application;
  readonly machine: Greeting['machine'];
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stop: AbortSignal;
  /** Receives sentences for the log. Standard output carries the protocol. */
  readonly log: (sentence: string) => void;
}

/** Serves the calls and events of the window on standard input and output until the input ends. */
export async function serveLines({ application, machine, stdin, stdout, stop, log }: ServeLinesOptions): Promise<void> {
  const send = <E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void => binding.send(name, payload);
  const host = headlessHost(send);
  const binding = new LineBinding({
    handlers: ipcHandlers(application, host),
    input: stdin,
    output: stdout,
    greeting: { contract: contractHash(), version: application.version, machine },
    stop,
    report: (call, problem) => log(`${call} failed: ${messageOf(problem)}`),
  });
  const logger = { info: () => undefined, warn: log, error: log };
  const events = new WindowEvents({ clock: application.clock, logger, snapshots: await application.snapshots(), host });
  const unfollow = await application.follow(events);
  try {
    await binding.serve();
  } finally {
    unfollow();
  }
}
