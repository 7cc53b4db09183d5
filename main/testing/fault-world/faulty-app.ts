import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import type { Application } from '../../application/application.ts';
import { createApplication } from '../../application/create-application.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ProcessHost } from '../../ports/process-host.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { Store } from '../../ports/store.ts';
import { memoryOutsideAt, memoryProcessTree } from '../memory-outside.ts';
import { memoryWorkers } from '../memory-workers.ts';
import type { Faults } from './faults.ts';
import { faultyClock, faultyHost, faultyLedger } from './faulty-ports.ts';

type Variables = Readonly<Record<string, string>>;

export interface FaultyApp {
  readonly application: Application;
  readonly store: Store;
  readonly dispose: () => void;
}

interface FaultyAppNeeds {
  /** The data directory. */
  readonly dir: string;
  readonly clock: Clock;
  /** Stays open when the application is closed. */
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Tells this process from those before it, which have ended. */
  readonly session: string;
  readonly newId: () => string;
  /** Called with the variables of each run that a worker starts. */
  readonly onRun: (env: Variables) => void;
}

/** Opens the product over ports that fail. */
export function openFaultyApp({ dir, faults, session, newId, onRun, ...real }: FaultyAppNeeds): FaultyApp {
  const clock = faultyClock(real.clock, faults);
  const ledger = Object.assign(faultyLedger(real.ledger, faults), { close: () => undefined });
  const store = openScheduleStore({ dir, ledger, now: () => clock.now() });
  const memory = memoryOutsideAt(clock);
  const tree: ProcessTree = {
    ...memoryProcessTree,
    identify: (pid) => ({ pid, startedAt: session }),
    isAlive: ({ startedAt }) => startedAt === session,
  };
  const application = createApplication({
    ...{ ...memory, ledger, store, newId },
    workers: () => Promise.resolve(faultyHost(counting(memoryWorkers(), onRun), faults)),
    processTree: () => Promise.resolve(tree),
  });
  return { application, store, dispose: () => memory.dispose() };
}

function counting(host: ProcessHost, onRun: (env: Variables) => void): ProcessHost {
  const start: ProcessHost['start'] = (options) => {
    const worker = host.start(options);
    const send = worker.send.bind(worker);
    worker.send = (message) => {
      if (message.type === 'run') onRun(message.spec.env);
      send(message);
    };
    return worker;
  };
  return Object.assign(Object.create(host) as ProcessHost, { start });
}
