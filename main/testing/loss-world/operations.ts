import fc from 'fast-check';

/** One of the two processes that have the data directory open. */
export type AppNumber = 0 | 1;

/** How a file is lost. */
export type Damage = 'delete' | 'empty' | 'halve' | 'overwrite';

/** A change of the definitions. */
export type Change =
  | { readonly what: 'resume'; readonly app: AppNumber }
  | { readonly what: 'create'; readonly app: AppNumber; readonly minutes: number; readonly jitter: boolean }
  | { readonly what: 'update' | 'pause' | 'delete'; readonly app: AppNumber; readonly task: number };

/** A step of a random history of a data directory. `copy` and `task` count from the latest, and wrap around. */
export type Operation =
  | { readonly what: 'wait'; readonly minutes: number }
  | { readonly what: 'fire' | 'reopen'; readonly app: AppNumber }
  | Change
  | { readonly what: 'keep' }
  | {
      readonly what: 'lose';
      readonly file: string;
      readonly how: Damage;
      readonly withHelpers: boolean;
      readonly isRunning: boolean;
    }
  | {
      readonly what: 'restore';
      readonly file: string;
      readonly copy: number;
      readonly inPlace: boolean;
      readonly withHelpers: boolean;
      readonly isRunning: boolean;
    }
  | { readonly what: 'restore all'; readonly copy: number; readonly inPlace: boolean };

const app = fc.constantFrom<AppNumber>(0, 1);
const task = fc.nat(3);
const copy = fc.nat(4);

/** The files that can be lost. The ledger more often, because most depends on it. */
const file = fc.oneof(
  { arbitrary: fc.constant('ledger.db'), weight: 5 },
  { arbitrary: fc.constantFrom('schedule.json', 'ledger.mark', 'ledger.db-wal'), weight: 4 },
  {
    arbitrary: fc.constantFrom('schedule.json.backup-1', 'schedule.json.backup-2', 'config.json', 'ledger.db-shm'),
    weight: 2,
  },
);

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 90 }) }), weight: 4 },
  { arbitrary: fc.record({ what: fc.constant('fire' as const), app }), weight: 6 },
  { arbitrary: fc.record({ what: fc.constantFrom('reopen' as const, 'resume' as const), app }), weight: 1 },
  {
    arbitrary: fc.record({
      what: fc.constant('create' as const),
      app,
      minutes: fc.constantFrom(1, 5, 20, 60),
      jitter: fc.boolean(),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ what: fc.constantFrom('update' as const, 'pause' as const, 'delete' as const), app, task }),
    weight: 2,
  },
  { arbitrary: fc.record({ what: fc.constant('keep' as const) }), weight: 4 },
  {
    arbitrary: fc.record({
      what: fc.constant('lose' as const),
      file,
      how: fc.constantFrom<Damage>('delete', 'empty', 'halve', 'overwrite'),
      withHelpers: fc.boolean(),
      isRunning: fc.boolean(),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      what: fc.constant('restore' as const),
      file,
      copy,
      inPlace: fc.boolean(),
      withHelpers: fc.boolean(),
      isRunning: fc.boolean(),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ what: fc.constant('restore all' as const), copy, inPlace: fc.boolean() }), weight: 1 },
);
