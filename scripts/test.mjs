// `npm test`: from nothing to the verdict. Installs, builds and packages what is needed, runs every level of tests,
// and closes with one line: `N passed, N failed` (with `, N skipped` where there are any).
//
//   node scripts/test.mjs [--only LEVEL]… [--deep] [-- or further arguments for the one level's runner]
import { passSignalsOn } from './setup/command.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDebianPackages } from './setup/debian-packages.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensurePackagedApp } from './setup/package-app.mjs';
import { ensureRuntime } from './setup/runtime.mjs';
import { levels } from './test-levels/levels.mjs';
import { runLevel } from './test-levels/run-level.mjs';

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
  if (unknown !== undefined) throw new Error(`"${unknown}" is no level of tests; there are ${known.join(', ')}.`);
  if (more.length > 0 && only.length !== 1) throw new Error(`${more.join(' ')} needs one --only LEVEL to go to.`);
  return { only, more, deep };
};

/**
 * Prepares what the chosen levels need, each step once. Returns why a need cannot be met.
 * @param {ReadonlyArray<import('./test-levels/levels.mjs').Level>} chosen
 */
const prepare = async (chosen) => {
  /** @type {Map<string, string>} */
  const unmet = new Map();
  ensureDependencies();
  if (chosen.some(({ system }) => system)) ensureDebianPackages({ tests: true });
  try {
    if (chosen.some(({ needs }) => needs !== 'dependencies')) ensureBuild();
  } catch (error) {
    unmet.set('build', messageOf(error));
    unmet.set('packaged app', messageOf(error));
    return unmet;
  }
  try {
    if (chosen.some(({ needs }) => needs === 'packaged app')) {
      const runtime = await ensureRuntime();
      console.log(`Electron ${runtime.version} (${runtime.folder})`);
      for (const e2e of [true, false]) await ensurePackagedApp(runtime, { e2e });
    }
  } catch (error) {
    unmet.set('packaged app', messageOf(error));
  }
  return unmet;
};

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {number} since */
const secondsSince = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/**
 * @param {string} name
 * @param {import('./test-levels/count-reporter.mjs').Report} report
 */
const summary = (name, report) => `${name.padEnd(10)} ${counts(report.passed, report.failed, report.skipped.length)}`;

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
const counts = (passed, failed, skipped) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const main = async () => {
  const { only, more, deep } = parse(process.argv.slice(2));
  const chosen = levels().filter(({ name }) => only.length === 0 || only.includes(name));
  const unmet = await prepare(chosen);
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const lines = [];
  // The running level hears of a signal itself; no other is begun after it.
  let ended = false;
  passSignalsOn(() => (ended = true));
  for (const level of chosen) {
    if (ended) break;
    console.log(`\n── ${level.name} ──`);
    const since = performance.now();
    const reason = unmet.get(level.needs);
    const report =
      reason === undefined
        ? await runLevel(level, { more, deep })
        : { passed: 0, failed: 1, skipped: [], failures: [`the ${level.needs} could not be made: ${reason}`] };
    total.passed += report.passed;
    total.failed += report.failed;
    total.skipped += report.skipped.length;
    lines.push(`${summary(level.name, report)}  (${secondsSince(since)})`);
    lines.push(...report.failures.map((name) => `  FAILED: ${name}`));
    lines.push(...report.skipped.map(({ name, reason: why }) => `  SKIPPED: ${name} (${why})`));
  }
  console.log(`\n${lines.join('\n')}\n`);
  console.log(counts(total.passed, total.failed, total.skipped));
  return total.failed === 0 && !ended ? 0 : 1;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`test: ${messageOf(error)}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
