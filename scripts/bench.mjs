// npm run bench [-- --check] [SECTION…]: compares the packaged app with the raw cost of the same work, prints the tables and
// writes them to bench/RESULTS.md. With --check it fails if a target is missed. If root starts it, it measures as an
// ordinary user, like the tests; only a cron daemon needs root: `sudo node scripts/bench.mjs --measure lines`.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { run, runInForeground } from './setup/command.mjs';
import { inProject } from './setup/project.mjs';

/**
 * Runs the measurements; called inside the test environment. Vite runs the TypeScript files, which Node 20 cannot.
 * @param {readonly string[]} sections
 */
const measure = async (sections) => {
  const { createServer } = await import('vite');
  // Unlike `runnerImport`, it stays open, so that sections can load drivers when they need them.
  const server = await createServer({
    ...{ root: inProject('.'), configFile: false, logLevel: 'error', appType: 'custom' },
    server: { middlewareMode: true, watch: null, hmr: false },
  });
  const module = await server.ssrLoadModule('/bench/main.ts');
  const complete = await module['main'](sections);
  // Vite leaves watchers open, which would keep this process alive.
  process.exit(complete ? 0 : 1);
};

/**
 * Copies the same runtime without the product; copy-on-write if the file system supports it.
 * @param {import('./setup/runtime.mjs').Runtime} runtime
 */
const makeBareElectron = (runtime) => {
  const folder = inProject('dist/bench/bare-electron');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  run('cp', ['-a', '--reflink=auto', '--', runtime.folder, folder]);
  cpSync(inProject('bench/raw/electron'), `${folder}/resources/app`, { recursive: true });
};

const prepare = async () => {
  const { ensureDependencies } = await import('./setup/dependencies.mjs');
  ensureDependencies();
  const { ensureRuntime } = await import('./setup/runtime.mjs');
  const { ensureBuild } = await import('./setup/build.mjs');
  const { ensurePackagedApp } = await import('./setup/package-app.mjs');
  const runtime = await ensureRuntime();
  ensureBuild();
  await ensurePackagedApp(runtime, { e2e: false });
  await ensurePackagedApp(runtime, { e2e: true });
  makeBareElectron(runtime);
};

const main = async () => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === '--measure') return measure(rest);
  await prepare();
  const environment = inProject('scripts/test-environment/run.mjs');
  const sections = process.argv.slice(2);
  const isWhole = sections.every((section) => section === '--check');
  const script = ['node', 'scripts/bench.mjs', '--measure', ...sections];
  const code = await runInForeground(process.execPath, [environment, '--', ...script]);
  const results = inProject('test-results/bench/RESULTS.md');
  // A run of only some sections does not replace the results.
  if (code === 0 && isWhole && existsSync(results)) cpSync(results, inProject('bench/RESULTS.md'));
  return code;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
