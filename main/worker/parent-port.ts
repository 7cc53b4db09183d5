import type { FromWorker } from '../contract/worker.ts';

/** The worker's channel to its parent, for both kinds of child process. */
export interface ParentPort {
  send(message: FromWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Calls `listener` when the parent is gone and no report can reach it. */
  onGone(listener: () => void): void;
}

/**
 * The part of Electron's `process.parentPort` that the worker uses
 * (https://www.electronjs.org/docs/latest/api/parent-port).
 */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/**
 * Returns this process's channel to its parent. @throws if it was started as neither a utility process nor a forked
 * child.
 */
export function parentPort(): ParentPort {
  const electron = (process as NodeJS.Process & { parentPort?: ElectronParentPort }).parentPort;
  if (electron) return utilityProcessPort(electron);
  if (process.send) return forkPort();
  throw new Error('Only NCP Scheduler can start a worker, through utilityProcess.fork or child_process.fork.');
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
    // The callback keeps a closed channel from raising an `error` event; `onGone` reports it instead.
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}
