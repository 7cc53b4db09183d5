import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ipcCalls } from './contract/ipc.ts';
import { isTestCode, objectionTo } from './testing/dependency-rule.ts';
import { forbiddenCode } from './testing/forbidden-code.ts';
import { folderCycle, heaps, misplacedCalls, ownTimes, strayTests } from './testing/house-rules.ts';
import { findCycle, importsOf, sourceFiles } from './testing/import-graph.ts';

const root = resolve(import.meta.dirname, '..');
const product = sourceFiles(root, ['main', 'preload', 'renderer']).filter((file) => !isTestCode(file));
const imports = product.flatMap((file) => importsOf(root, file));
const tests = sourceFiles(root, ['main', 'preload', 'renderer']).filter((file) => /\.test\.tsx?$/.test(file));
/** The calls that a file declares or handles: keys such as `'tasks.create':`. */
const callsIn = (file: string) =>
  [...readFileSync(resolve(root, file), 'utf8').matchAll(/^ {2,4}'([a-z]+\.[a-zA-Z]+)':/gm)].map(
    ([, call = '']) => call,
  );
const linesOf = (file: string) => readFileSync(resolve(root, file), 'utf8').trimEnd().split('\n').length;

describe('the layout of the product', () => {
  test.each([
    'main/contract',
    'main/domain',
    'main/ports',
    'main/services',
    'main/adapters/os-scheduler/systemd',
    'main/adapters/os-scheduler/cron',
    'main/adapters/os-scheduler/in-process',
    'main/adapters/storage',
    'main/adapters/process',
    'main/adapters/electron',
    'main/worker',
    'main/ipc',
    'main/application',
    'main/desktop',
    'main/start',
    'main/cli',
    'main/index.ts',
    'main/headless.ts',
    'preload/index.ts',
    'renderer/bridge',
    'renderer/stores',
    'renderer/features',
    'renderer/ui',
  ])('%s exists', (path) => {
    expect(existsSync(resolve(root, path)), `${path} is missing: the layout is described in docs/architecture.md`).toBe(
      true,
    );
  });

  test('every import keeps the dependency rule', () => {
    expect(imports.map(objectionTo).filter((objection) => objection !== undefined)).toEqual([]);
  });

  test('every time of day follows the clock of the settings', () => {
    expect(product.flatMap((file) => ownTimes(file, readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
    expect(
      ownTimes('main/a.ts', "x.toLocaleTimeString([])\nx.toFormat('d LLLL h:mm a')\nx.toFormat('d LLLL')"),
    ).toEqual([
      'main/a.ts:1 writes a time by itself: use clockTime or renderer/text/format.ts.',
      'main/a.ts:2 writes a time by itself: use clockTime or renderer/text/format.ts.',
    ]);
  });

  test('no module is imported only for what it does when it is loaded, which the build would leave out', () => {
    const forEffect = product.filter((file) => /^import '\.[^']*';$/m.test(readFileSync(resolve(root, file), 'utf8')));
    // headless.vite.config.ts names the modules that these load.
    const named = ['main/worker/runners/mcp/rehearsal.ts'];
    expect(forEffect.filter((file) => file.startsWith('main/') && !named.includes(file))).toEqual([]);
  });

  test('no files import each other in a circle at run time', () => {
    expect(findCycle(imports)?.join(' imports ')).toBeUndefined();
  });

  test.each(['main/services/', 'main/application/', 'main/adapters/', 'main/domain/', 'main/cli/', 'renderer/'])(
    'no folders below %s import each other in a circle, types included',
    (below) => {
      expect(folderCycle(imports, below)).toBeUndefined();
    },
  );

  test('no folder is a heap', () => {
    expect(heaps(product)).toEqual([]);
  });

  test.each(['main/contract/calls', 'main/ipc'])('each call stands in the file of its prefix in %s', (folder) => {
    const files = product.filter((file) => file.startsWith(`${folder}/`));
    const calls = new Map(files.map((file) => [file, callsIn(file)]));
    expect(misplacedCalls(calls)).toEqual([]);
    expect([...calls.values()].flat().sort()).toEqual(Object.keys(ipcCalls).sort());
  });

  test('a test stands beside what it tests', () => {
    expect(strayTests(tests, product)).toEqual([]);
  });

  test('every relative import names its file with the extension', () => {
    const missing = imports.filter(({ to }) => /^(main|preload|renderer)\//.test(to) && !existsSync(resolve(root, to)));
    expect(missing.map(({ from, line, to }) => `${from}:${line} imports ${to}, which does not exist`)).toEqual([]);
  });
});

describe('what a file may be', () => {
  test('composition roots stay small enough to read at once', () => {
    expect(linesOf('main/index.ts'), 'lines of main/index.ts').toBeLessThan(100);
    expect(linesOf('preload/index.ts'), 'lines of preload/index.ts').toBeLessThanOrEqual(30);
  });

  test('names are kebab-case and say what is inside', () => {
    const bad = product.filter((file) => {
      const names = file.replace(/(\.d)?\.tsx?$/, '').split('/');
      return names.some(
        (name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || /^(utils?|helpers?|common|misc)$/.test(name),
      );
    });
    expect(bad, 'files or folders to rename').toEqual([]);
  });

  test('no file only passes on what others export', () => {
    const barrels = product.filter((file) => {
      const statements = readFileSync(resolve(root, file), 'utf8')
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .split(';')
        .map((statement) => statement.trim())
        .filter((statement) => statement !== '');
      return (
        statements.length > 0 &&
        statements.every((statement) => /^export\b[^=]*\bfrom\s+['"][^'"]+['"]$/.test(statement))
      );
    });
    expect(barrels, 'import from the file that defines it instead').toEqual([]);
  });
});

describe('what no code may do', () => {
  const all = [...sourceFiles(root, ['main', 'preload', 'renderer', 'e2e', 'bench', 'scripts'])].filter(
    (file) => file !== 'main/architecture.test.ts' && file !== 'main/testing/forbidden-code.ts',
  );

  test('nothing opens any URL, gives a page more rights, or disables the sandbox', () => {
    expect(all.flatMap((file) => forbiddenCode(file, readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
  });

  test.each([
    ['shell.openExternal(url)', 'opens any URL'],
    ['const { a = 1, ...more } = x; shell?.openExternal(url)', 'opens any URL'],
    ['shell.open\\u0045xternal(url)', 'opens any URL'],
    ['new BrowserWindow({ webPreferences: { sandbox: false } })', 'rights that it must not have: sandbox'],
    [
      "new BrowserWindow({ webPreferences: { 'nodeIntegration': true } })",
      'rights that it must not have: nodeIntegration',
    ],
    ["args.push('--no-sandbox')", 'disables the sandbox'],
  ])('%s is found', (text, sentence) => {
    expect(forbiddenCode('main/a.ts', text)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('the rule itself', () => {
  const at = { line: 1, typeOnly: false };
  test.each([
    [
      'domain takes no value from a port',
      { ...at, from: 'main/domain/a.ts', to: 'main/ports/clock.ts' },
      'may depend only on',
    ],
    [
      'domain takes only types from contract',
      { ...at, from: 'main/domain/a.ts', to: 'main/contract/task.ts' },
      'only types',
    ],
    ['contract knows no Node', { ...at, from: 'main/contract/a.ts', to: 'node:path' }, 'may use only zod, shell-quote'],
    ['services touch no files', { ...at, from: 'main/services/a.ts', to: 'node:fs' }, 'may use only'],
    [
      'services know no adapter',
      { ...at, from: 'main/services/a.ts', to: 'main/adapters/storage/b.ts' },
      'may depend only on',
    ],
    [
      'an adapter knows no other',
      { ...at, from: 'main/adapters/storage/a.ts', to: 'main/adapters/process/b.ts' },
      'depend only on',
    ],
    ['the window knows only the contract', { ...at, from: 'renderer/a.tsx', to: 'main/domain/b.ts' }, 'main/contract/'],
    ['the window has no Node', { ...at, from: 'renderer/a.tsx', to: 'node:fs' }, 'has no Node'],
    [
      'the product imports no fakes',
      { ...at, from: 'main/services/a.ts', to: 'main/testing/fake-clock.ts' },
      'test code',
    ],
    [
      'electron stays behind a port',
      { ...at, from: 'main/adapters/storage/a.ts', to: 'electron' },
      "imports 'electron'",
    ],
  ])('%s', (_, found, sentence) => {
    expect(objectionTo(found)).toContain(sentence);
  });

  test.each([
    { line: 1, typeOnly: true, from: 'main/domain/a.ts', to: 'main/contract/task.ts' },
    { line: 1, typeOnly: false, from: 'main/adapters/electron/tray.ts', to: 'electron' },
    { line: 1, typeOnly: false, from: 'main/worker/a.ts', to: 'main/adapters/process/kill.ts' },
    { line: 1, typeOnly: false, from: 'main/desktop/start.ts', to: 'main/adapters/storage/a.ts' },
  ])('$from may import $to', (found) => {
    expect(objectionTo(found)).toBeUndefined();
  });
});
