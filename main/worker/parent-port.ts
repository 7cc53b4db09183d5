import type { FromWorker } from '../contract/worker.ts';

/** The worker's line to its parent, whichever kind of child process it is. */
export interface ParentPort {
  send(message: FromWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone: nobody will hear of this execution any more. */
  onGone(listener: () => void): void;
}

/** Electron's `process.parentPort`, as far as it is used here (https://www.electronjs.org/docs/latest/api/parent-port). */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/** The parent's port of this process. @throws when it was started as neither a utility process nor a forked child. */
export function parentPort(): ParentPort {
  const electron = (process as NodeJS.Process & { parentPort?: ElectronParentPort }).parentPort;
  if (electron) return utilityProcessPort(electron);
  if (process.send) return forkPort();
  throw new Error('A worker is started by NCP Scheduler itself, by utilityProcess.fork or child_process.fork.');
}

function utilityProcessPort(port: ElectronParentPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    onGone: (listener) => port.on('close', listener),
  };
}

function forkPort(): ParentPort {
  return {
    // The callback keeps a closed channel from raising an `error` event: `onGone` tells about it.
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}
