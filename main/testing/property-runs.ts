import fc from 'fast-check';

/** A deep run in parts, so that a machine that is needed for other things gets through it: which part this is, of how many. */
interface Part {
  readonly number: number;
  readonly of: number;
}

/** Reads TEST_PART: `3/10` is the third of ten parts. Without it, a run is whole. */
function partOf(text: string | undefined): Part {
  if (text === undefined) return { number: 1, of: 1 };
  const [, number = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of) throw new Error(`TEST_PART is "${text}". Write a part like 3/10.`);
  return { number, of };
}

/**
 * Returns `normal`; with TEST_DEEP=1 25 times as many runs (2,000 become 50,000), of which TEST_PART=3/10 makes a tenth;
 * and a twentieth with TEST_BRIEF=1, where the same property runs once for each mutant.
 */
export const runsOf = (normal: number): number => {
  if (process.env['TEST_DEEP'] === '1') return Math.ceil((normal * 25) / partOf(process.env['TEST_PART']).of);
  return process.env['TEST_BRIEF'] === '1' ? Math.ceil(normal / 20) : normal;
};

/** Time-out of a property test, in ms: long enough for a deep run. A hang shows earlier, because batches are short. */
export const PROPERTY_TIMEOUT_MS = 3_600_000;

/** Runs between two pauses. Without pauses, Vitest gives up on a worker that does not respond for a minute. */
const BATCH = 200;

/** Returns a new seed, or the one in TEST_SEED. Prints it, so that the run can be repeated. */
function seedOf(name: string, runs: number): number {
  const given = process.env['TEST_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 0x7fff0000) : Number(given);
  process.stdout.write(`${name}: ${runs} runs, TEST_SEED=${seed}\n`);
  return seed;
}

/**
 * Checks a property in `runsOf(normal)` runs. A failure prints the smallest counterexample and the seed of its batch;
 * with that seed as TEST_SEED, the next run fails at once.
 *
 * @param options `endOnFailure` for slow cases: prints the first counterexample instead of looking for the smallest.
 *   `examples` are tried first.
 */
export async function checkProperty<T>(
  name: string,
  normal: number,
  property: fc.IProperty<T> | fc.IAsyncProperty<T>,
  { endOnFailure = false, examples = [] }: Pick<fc.Parameters<T>, 'endOnFailure' | 'examples'> = {},
): Promise<void> {
  const runs = runsOf(normal);
  // Each part has batches of its own, also if TEST_SEED gives all parts the same seed.
  const seed = seedOf(name, runs) + (partOf(process.env['TEST_PART']).number - 1) * Math.ceil(runs / BATCH);
  for (let done = 0, batch = 0; done < runs; done += BATCH, batch += 1) {
    const tried = batch === 0 ? examples : [];
    const numRuns = Math.min(BATCH, runs - done);
    await fc.assert(property, { seed: seed + batch, numRuns, endOnFailure, examples: tried });
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (process.env['TEST_DEEP'] === '1') process.stdout.write(`${name}: all ${runs} runs passed\n`);
}
