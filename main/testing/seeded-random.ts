/** Returns numbers in [0, 1), the same for each seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns the same from TEST_SEED, else from a new seed. Prints it, so that the run can be repeated. */
export function seededRandom(name: string): () => number {
  const given = process.env['TEST_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 0x7fff0000) : Number(given);
  process.stdout.write(`${name}: TEST_SEED=${seed}\n`);
  return randomOf(seed);
}
