// Prepares what levels need before they can run: node_modules, Debian packages, the build, the packaged app. Each is
// prepared once, as early as possible, and in parallel with the others if possible.
import { runCaptured } from './captured-output.mjs';

/**
 * @typedef {import('./levels.mjs').Level} Level
 * @typedef {Promise<string | undefined>} Outcome Resolves with the reason for a failure, or with undefined on success.
 */

/**
 * @typedef {object} Needs
 * @property {Outcome} packages Debian packages. Levels also run without them, but skip the tests that need them.
 * @property {Outcome} nodeForWindows Without it, the tests that use Wine skip.
 * @property {Record<Level['needs'], Outcome>} made
 */

/** Matches the line that set-up-step.mjs prints when it has found a runtime. */
const runtimeLine = /^Electron \S+ \((.+)\)$/m;

/**
 * Starts to prepare what these levels need, and returns immediately.
 * @param {readonly Level[]} chosen
 * @returns {Needs}
 */
export const startSetUp = (chosen) => {
  const needsApp = chosen.some(({ needs }) => needs === 'packaged app');
  const needsBuild = needsApp || chosen.some(({ needs }) => needs === 'build');
  const packages = chosen.some(({ system }) => system) ? step('debian-packages') : nothing;
  const dependencies = step('dependencies');
  const build = needsBuild ? step('build', [dependencies]) : nothing;
  const runtime = needsApp ? step('runtime', [dependencies]) : nothing;
  const app = needsApp ? step('app', [build, runtime], () => runtimeOf(runtime)) : nothing;
  return {
    packages: outcomeOf(packages),
    nodeForWindows: outcomeOf(chosen.some(({ usesWine }) => usesWine) ? step('node-for-windows') : nothing),
    made: { dependencies: outcomeOf(dependencies), build: outcomeOf(build), 'packaged app': outcomeOf(app) },
  };
};

/** @typedef {Promise<{ problem?: string, output: string }>} Step */

/** @type {Step} */
const nothing = Promise.resolve({ output: '' });

/** @param {Step} made @returns {Outcome} */
const outcomeOf = async (made) => (await made).problem;

/**
 * Runs one step of set-up-step.mjs after the earlier steps have succeeded.
 * @param {string} name
 * @param {readonly Step[]} after
 * @param {() => Promise<NodeJS.ProcessEnv>} variables
 * @returns {Step}
 */
const step = async (name, after = [], variables = async () => ({})) => {
  for (const { problem } of await Promise.all(after)) {
    if (problem !== undefined) return { problem, output: '' };
  }
  const env = { ...process.env, ...(await variables()) };
  const args = ['scripts/test-levels/set-up-step.mjs', name];
  const { code, output } = await runCaptured(`set-up-${name}`, args, { env, showErrors: true });
  if (code === 0) return { output };
  console.error(output.trimEnd());
  return { problem: lastLineOf(output) ?? `exit code ${code}`, output };
};

/** Returns variables that let packaging reuse the runtime without accessing the network. @param {Step} runtime */
const runtimeOf = async (runtime) => {
  const folder = runtimeLine.exec((await runtime).output)?.[1];
  return folder === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: folder };
};

/** @param {string} output */
const lastLineOf = (output) => output.trim().split('\n').at(-1) || undefined;
