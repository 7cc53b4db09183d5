// `npm test`: installs, builds and packages what is missing, runs every test level, and prints a summary. The last line
// is `N passed, N failed`, followed by `, N skipped` if any were skipped.
//
//   node scripts/test.mjs [--only LEVEL]… [--deep] [-- ARGUMENT… for the runner, with one --only]
import { availableParallelism } from 'node:os';
import { isRoot, passSignalsOn } from './setup/command.mjs';
import { lanesOf, levels } from './test-levels/levels.mjs';
import { notRun, runLevel } from './test-levels/run-level.mjs';
import { startSetUp } from './test-levels/set-up.mjs';
import { closingLine, slowestLines, summaryLines } from './test-levels/summary.mjs';

/** @typedef {import('./test-levels/levels.mjs').Level} Level */

const slowestShown = 20;

/** @param {readonly string[]} argv */
const parse = (argv) => {
  /** @type {string[]} */
  const only = [];
  /** @type {string[]} */
  const more = [];
  let deep = false;
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? '';
    if (argument === '--only') only.push(argv[(i += 1)] ?? '');
    else if (argument === '--deep') deep = true;
    else if (argument !== '--') more.push(argument);
  }
  const known = levels().map(({ name }) => name);
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no level "${unknown}". Levels: ${known.join(', ')}.`);
  if (more.length > 0 && only.length !== 1) {
    throw new Error(`Arguments for a runner (${more.join(' ')}) need exactly one --only LEVEL.`);
  }
  return { only, more, deep };
};

/**
 * Runs lanes in parallel and the levels of each lane in order. Returns the levels that ran, in the order of `chosen`.
 * @param {readonly Level[]} chosen
 * @param {(level: Level) => ReturnType<typeof runLevel>} run
 */
const runLanes = async (chosen, run) => {
  /** @type {Map<Level, { name: string } & Awaited<ReturnType<typeof runLevel>>>} */
  const ended = new Map();
  let stopped = false;
  // A running level receives the signal itself; no further level starts.
  passSignalsOn(() => (stopped = true));
  const throwawayUsers = process.platform === 'linux' && isRoot();
  await Promise.all(
    lanesOf(chosen, { throwawayUsers, processors: availableParallelism() }).map(async (lane) => {
      for (const level of lane) {
        if (!stopped) ended.set(level, { name: level.name, ...(await run(level)) });
      }
    }),
  );
  return { stopped, ended: chosen.flatMap((level) => ended.get(level) ?? []) };
};

const main = async () => {
  const { only, more, deep } = parse(process.argv.slice(2));
  const chosen = levels().filter(({ name }) => only.length === 0 || only.includes(name));
  const alone = chosen.length === 1;
  const needs = startSetUp(chosen);
  const { ended, stopped } = await runLanes(chosen, async (level) => {
    if (level.asOrdinaryUser || level.needsRoot || level.system) await needs.packages;
    if (level.usesWine) await needs.nodeForWindows;
    const problem = (await needs.made.dependencies) ?? (await needs.made[level.needs]);
    console.log(`${level.name} started`);
    const result = problem === undefined ? await runLevel(level, { more, deep, alone }) : notRun(level, problem);
    if (!alone) console.log(`\n── ${level.name}, ${Math.round(result.seconds)} s ──\n${result.output.trimEnd()}\n`);
    return result;
  });
  console.log(`\nThe slowest tests:\n${slowestLines(ended, slowestShown).join('\n')}`);
  console.log(`\n${summaryLines(ended).join('\n')}\n`);
  console.log(closingLine(ended));
  return !stopped && ended.every(({ report }) => report.failed === 0) ? 0 : 1;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`test: ${error instanceof Error ? error.message : String(error)}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
