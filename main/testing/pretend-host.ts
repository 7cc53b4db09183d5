import type { ToWorker, FromWorker } from '../contract/worker.ts';
import type { ProcessHost, WorkerExit, WorkerProcess } from '../ports/process-host.ts';

/** A fake worker that a test controls. */
interface PretendWorker extends WorkerProcess {
  readonly name: string;
  readonly sent: ToWorker[];
  readonly killed: boolean;
  says(message: FromWorker): void;
  saysNonsense(problem: string): void;
  exits(exit?: Partial<WorkerExit>): void;
}

export interface PretendHost extends ProcessHost {
  readonly workers: PretendWorker[];
  /** The worker started last. */
  readonly last: PretendWorker;
}

/** Returns a host of fake workers with pids from 1001. Like a real one, a killed worker exits with 0 and no report. */
export function pretendHost(): PretendHost {
  const workers: PretendWorker[] = [];
  return {
    kind: 'fork',
    workers,
    get last() {
      const worker = workers.at(-1);
      if (!worker) throw new Error('no worker was started');
      return worker;
    },
    start: ({ name }) => {
      const worker = pretendWorker(name, 1001 + workers.length);
      workers.push(worker);
      return worker;
    },
  };
}

function pretendWorker(name: string, pid: number): PretendWorker {
  let onMessage: (message: FromWorker) => void = () => undefined;
  let onProblem: (problem: string) => void = () => undefined;
  let onExit: (exit: WorkerExit) => void = () => undefined;
  let ended = false;
  let killed = false;
  const sent: ToWorker[] = [];
  const exits = (exit: Partial<WorkerExit> = {}) => {
    if (ended) return;
    ended = true;
    onExit({ code: 0, signal: null, failure: null, ...exit });
  };
  return {
    name,
    pid,
    sent,
    get killed() {
      return killed;
    },
    send: (message) => void sent.push(message),
    onMessage: (listener) => (onMessage = listener),
    onProtocolError: (listener) => (onProblem = listener),
    onExit: (listener) => (onExit = listener),
    kill: () => {
      killed = true;
      exits();
    },
    says: (message) => onMessage(message),
    saysNonsense: (problem) => onProblem(problem),
    exits,
  };
}
