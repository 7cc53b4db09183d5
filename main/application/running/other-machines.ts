import { FailureNews } from '../../services/machines/failure-news.ts';
import { Machines } from '../../services/machines/machines.ts';
import type { MachineOperations } from '../operations.ts';
import type { Outside } from '../outside.ts';

/** @param stopping aborted when this process ends what it has started */
export async function machineOperations(outside: Outside, stopping: AbortSignal): Promise<MachineOperations> {
  const { settings, clock, logger } = outside;
  const machines = new Machines({ settings, clock, access: await outside.machineAccess() });
  stopping.addEventListener('abort', () => machines.close(), { once: true });
  return {
    list: () => machines.list(),
    suggestions: () => machines.suggestions(),
    test: (machine) => machines.test(machine),
    connect: (name) => machines.connect(name),
    show: (name) => machines.show(name),
    call: (name, call, input) => machines.call(name, call, input),
    follow: (listener) => machines.follow(listener),
    announce: (notifier) => {
      const news = new FailureNews({ notifier, logger });
      return machines.watchFailures((ended) => news.tell(ended));
    },
  };
}
