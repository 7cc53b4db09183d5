import { createApplication } from '../../application/create-application.ts';
import type { Application } from '../../application/application.ts';
import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { fakeClock, type FakeClock } from '../fake-clock.ts';
import { memoryOutsideAt, type MemoryOutside } from '../memory-outside.ts';
import type { Synced } from '../../services/fleet/definitions/mirror.ts';
import { memoryFleet, type MemoryFleet } from './memory-fleet.ts';

export const fleetUrl = 'postgresql://kim:secret@localhost/ncp';

/** A machine in memory, with its own files and key. */
interface MemoryMachine {
  readonly application: Application;
  readonly outside: MemoryOutside;
  join(
    name: string,
    options?: { readonly tags?: readonly string[]; readonly accept?: readonly string[] },
  ): Promise<void>;
  create(name: string, draft?: Partial<TaskDraftInput>): Promise<string>;
  fire(slot?: string): Promise<Execution[]>;
  /** Returns what happened at each slot of a task: `claimed`, or the reason and its detail. */
  fates(taskId: string): string[];
  sync(): Promise<Synced>;
}

/** Two machines that reach the same databases, with one clock. */
export interface TwoMachines {
  readonly clock: FakeClock;
  readonly fleet: MemoryFleet;
  readonly one: MemoryMachine;
  readonly two: MemoryMachine;
  /** Both join, and accept the keys of each other. */
  bothJoin(): Promise<void>;
  dispose(): void;
}

export async function twoMachines(): Promise<TwoMachines> {
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const fleet = memoryFleet(clock);
  await fleet.init(fleetUrl);
  const [one, two] = [machine(clock, fleet, 'a'), machine(clock, fleet, 'b')];
  return {
    ...{ clock, fleet, one, two },
    bothJoin: async () => {
      await one.join('laptop');
      const operations = await two.application.fleet();
      const accept = (await operations.look(fleetUrl)).map(({ fingerprint }) => fingerprint);
      await two.join('server', { tags: ['gpu'], accept });
      const other = await (await one.application.fleet()).find('server');
      const keys = await one.outside.memberKeys();
      await (await one.application.fleet()).accept('server', keys.fingerprint(other.publicKey), 'cli');
    },
    dispose: () => {
      one.outside.dispose();
      two.outside.dispose();
    },
  };
}

function machine(clock: FakeClock, fleet: MemoryFleet, prefix: string): MemoryMachine {
  const outside = memoryOutsideAt(clock);
  let ids = 0;
  // Ids are unique in the whole fleet.
  Object.assign(outside, { newId: () => `${prefix}-${(ids += 1)}` });
  outside.useFleet(fleet);
  const application = createApplication(outside);
  return {
    ...{ application, outside },
    join: async (name, { tags = [], accept = [] } = {}) => {
      await (await application.fleet()).join({ url: fleetUrl, name, tags, accept, author: 'cli' });
    },
    create: async (name, draft = {}) => {
      const base = { name, schedule: '* * * * *', tool: 'shell:run', parameters: { command: 'true' }, timezone: 'UTC' };
      return (await (await application.tasks()).create({ ...base, ...draft }, 'cli')).task.id;
    },
    fire: async (slot) => (await (await application.runs()).fire('every-min', slot)).executions,
    fates: (taskId) =>
      outside.ledger
        .slots(taskId, '2026-01-01T00:00:00.000Z')
        .map(({ state, reason, detail }) => (reason === null ? state : `${reason}: ${detail ?? ''}`)),
    sync: async () => (await application.fleet()).sync(),
  };
}
