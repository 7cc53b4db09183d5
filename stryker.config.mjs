/**
 * Mutation testing: Stryker changes the code in small ways, and a change that no test notices is a gap in the tests.
 * `npm run test:mutation` is the way to run it (CONTRIBUTING.md).
 */
export default {
  testRunner: 'vitest',
  // In place of @stryker-mutator/vitest-runner, which it changes.
  plugins: ['./scripts/mutation/kept-thread-runner.mjs'],
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // Texts are held by golden files and the kinds of a union by the types, which Stryker cannot check with this compiler.
  mutator: { excludedMutations: ['StringLiteral'] },
  // Code that runs while modules load cannot be changed within one process.
  ignoreStatic: true,
  // One process: it runs beside other work for hours, and is in no hurry.
  concurrency: 1,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 60,
  tempDirName: 'test-results/mutation/sandbox',
  cleanTempDir: 'always',
  // The compiler API with which Stryker would read it is not in TypeScript 7.
  tsconfigFile: 'none.json',
  ignorePatterns: ['.git', 'dist', 'out', 'test-results', 'e2e', 'bench', 'docs', 'renderer', 'resources', 'preload'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'test-results/mutation/report.json' },
};
