import fc from 'fast-check';

/**
 * Returns `normal`; 25 times as many runs with TEST_DEEP=1 (2,000 become 50,000), and a twentieth with TEST_BRIEF=1, where
 * the same property runs once for each mutant.
 */
export const runsOf = (normal: number): number => {
  if (process.env['TEST_DEEP'] === '1') return normal * 25;
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
 */
export async function checkProperty<T>(
  name: string,
  normal: number,
  property: fc.IProperty<T> | fc.IAsyncProperty<T>,
): Promise<void> {
  const runs = runsOf(normal);
  const seed = seedOf(name, runs);
  for (let done = 0, batch = 0; done < runs; done += BATCH, batch += 1) {
    await fc.assert(property, { seed: seed + batch, numRuns: Math.min(BATCH, runs - done) });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
