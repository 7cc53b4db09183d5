// npm run fuzz [-- [--minutes N] [--seed N] [READER…]]: changes texts of other programs at random, goes on from those that
// reach new code (V8's coverage), and adds the shortest ones to main/testing/foreign-texts/corpus, which the tests replay.
// It takes N minutes for each reader. Texts that are neither read nor refused with a reason are printed; the exit code is
// then 1.
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
let failed = false;
for (const name of names) {
  const { tried, before, after, added, failures } = await fuzzReader(
    name,
    Number(values.minutes) * 60_000,
    Number(values.seed),
  );
  console.log(`${name}: ${tried} texts, ${before} blocks of code before, ${after} after, ${added} texts added`);
  const causes = new Map(failures.map((/** @type {{problem: string}} */ each) => [causeOf(each.problem), each]));
  for (const { text, problem } of causes.values()) {
    failed = true;
    console.log(`${name} failed for ${JSON.stringify(text)}\n${problem}`);
  }
}
process.exit(failed ? 1 : 0);
