import fc from 'fast-check';
import type { WorkerPolicy } from '../../contract/worker-policy.ts';
import type { Fault, FaultPort, FaultWay } from './faults.ts';

/** A step of a random history. `task` counts from the latest, and wraps around. */
export type Action =
  | { readonly what: 'wait' | 'jump'; readonly minutes: number }
  | { readonly what: 'fire' | 'restart' }
  | Change;

/** A change of the definitions. */
export type Change =
  | { readonly what: 'import' }
  | { readonly what: 'migrate' }
  | { readonly what: 'undo' }
  | {
      readonly what: 'create';
      readonly minutes: number;
      readonly command: string;
      readonly retries: number;
      readonly worker: WorkerPolicy;
    }
  | { readonly what: 'update' | 'delete'; readonly task: number };

/** An action with what fails meanwhile. */
export type Step = Action & { readonly faults: readonly Fault[] };

const task = fc.nat(3);
const what = <W extends string>(...names: W[]) => fc.record({ what: fc.constantFrom(...names) });
const creation = fc.record({
  what: fc.constant('create' as const),
  minutes: fc.constantFrom(10, 20, 60),
  command: fc.constantFrom('true', 'false', 'exit 75'),
  retries: fc.nat(2),
  worker: fc.constantFrom<WorkerPolicy>('own', 'shared'),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: what('fire' as const), weight: 6 },
  { arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 40 }) }), weight: 4 },
  { arbitrary: creation, weight: 4 },
  { arbitrary: fc.record({ what: fc.constantFrom('update' as const, 'delete' as const), task }), weight: 3 },
  { arbitrary: what('import' as const, 'undo' as const), weight: 3 },
  { arbitrary: what('restart' as const, 'migrate' as const), weight: 2 },
  {
    arbitrary: fc.record({ what: fc.constant('jump' as const), minutes: fc.integer({ min: -90, max: 90 }) }),
    weight: 1,
  },
);

/** The ports that an action uses, the most important ones more often. */
const portsOf = ({ what: name }: Action): readonly FaultPort[] => {
  if (name === 'fire') return ['ledger', 'ledger', 'spawn', 'spawn', 'timer', 'timer', 'clock'];
  return name === 'wait' || name === 'jump' ? ['timer'] : ['disk', 'disk', 'ledger', 'ledger', 'clock'];
};

const faultsOf = (ports: readonly FaultPort[]) =>
  fc.array(
    fc.record({
      port: fc.constantFrom(...ports),
      way: fc.constantFrom<FaultWay>('before', 'half', 'after'),
      after: fc.nat(3),
    }),
    { maxLength: 3 },
  );

const withFaults = (actions: fc.Arbitrary<Action>): fc.Arbitrary<Step> =>
  actions.chain((each) => faultsOf(portsOf(each)).map((faults) => ({ ...each, faults })));

/** A task whose slots pass and that is fired, then anything: otherwise few histories would start a run. */
export const history: fc.Arbitrary<Step[]> = fc
  .tuple(
    withFaults(creation),
    withFaults(fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 10, max: 60 }) })),
    withFaults(what('fire' as const)),
    fc.array(withFaults(action), { minLength: 2, maxLength: 7, size: 'max' }),
  )
  .map(([created, waited, fired, rest]) => [created, waited, fired, ...rest]);
