// What levels need before they can run: node_modules, Debian packages, the build, the packaged app. Each is made once,
// as early as possible, and beside the others where it can be.
import { runCaptured } from './captured-output.mjs';

/**
 * @typedef {import('./levels.mjs').Level} Level
 * @typedef {Promise<string | undefined>} Outcome Resolves with why it could not be made, or undefined once it is there.
 */

/**
 * @typedef {object} Needs
 * @property {Outcome} packages Debian packages; levels run without them, and skip what needs them.
 * @property {Record<Level['needs'], Outcome>} made
 */

/** What set-up-step.mjs prints once it has a runtime. */
const runtimeLine = /^Electron \S+ \((.+)\)$/m;

/**
 * Starts making what these levels need, and returns at once.
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
    made: { dependencies: outcomeOf(dependencies), build: outcomeOf(build), 'packaged app': outcomeOf(app) },
  };
};

/** @typedef {Promise<{ problem?: string, output: string }>} Step */

/** @type {Step} */
const nothing = Promise.resolve({ output: '' });

/** @param {Step} made @returns {Outcome} */
const outcomeOf = async (made) => (await made).problem;

/**
 * Runs one step of set-up-step.mjs once the earlier ones succeeded.
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

/** Packaging finds the runtime at once, without asking the network a second time. @param {Step} runtime */
const runtimeOf = async (runtime) => {
  const folder = runtimeLine.exec((await runtime).output)?.[1];
  return folder === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: folder };
};

/** @param {string} output */
const lastLineOf = (output) => output.trim().split('\n').at(-1) || undefined;
