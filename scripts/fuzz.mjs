// npm run fuzz [-- [--minutes N] [--seed N] [READER…]]: changes texts of other programs at random, goes on from those that
// reach new code (V8's coverage), and adds the shortest ones to main/testing/foreign-texts/corpus, which the tests replay.
// It takes N minutes of processor time for each reader, 20 seconds of each after the other, so that a search that is ended early
// was fair. Texts that are neither read nor refused with a reason are printed; the exit code is then 1.
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { inProject } from './setup/project.mjs';

/** Failures of one cause are shown once. */
const causeOf = (/** @type {string} */ problem) => problem.split('\n').slice(0, 2).join('\n');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
// Vite runs the TypeScript files, which Node 20 cannot.
const server = await createServer({
  configFile: false,
  root: inProject('.'),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
const { readers } = await server.ssrLoadModule('/main/testing/foreign-texts/readers.ts');
const { fuzzReader } = await server.ssrLoadModule('/main/testing/foreign-texts/guided-fuzzing.ts');

const names = positionals.length > 0 ? positionals : Object.keys(readers);
const unknown = names.find((name) => !(name in readers));
if (unknown !== undefined) {
  console.error(`There is no reader "${unknown}". There are: ${Object.keys(readers).join(', ')}.`);
  process.exit(2);
}
const inAllMs = Number(values.minutes) * 60_000;
const longestTurnMs = 20_000;
/** Turns of one seed do not repeat the changes of another: a turn makes fewer. */
const seedsOfTurn = 1_000_000;
let failed = false;
/** @type {Map<string, Set<string>>} */
const shown = new Map(names.map((name) => [name, new Set()]));
for (let [turn, leftMs] = [0, inAllMs]; leftMs > 0; turn += 1, leftMs -= longestTurnMs) {
  const seed = Number(values.seed) + turn * seedsOfTurn;
  for (const name of names) {
    const { tried, before, after, added, failures } = await fuzzReader(name, Math.min(leftMs, longestTurnMs), seed);
    console.log(`${name}: ${tried} texts, ${before} blocks of code before, ${after} after, ${added} texts added`);
    for (const { text, problem } of failures) {
      if (shown.get(name)?.has(causeOf(problem)) !== false) continue;
      shown.get(name)?.add(causeOf(problem));
      failed = true;
      console.log(`${name} failed for ${JSON.stringify(text)}\n${problem}`);
    }
  }
}
process.exit(failed ? 1 : 0);
