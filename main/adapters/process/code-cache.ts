import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';

/** Set by the build alone, while it runs commands to record their compiled code (scripts/setup/code-cache.mjs). */
const RECORDING = 'NCP_SCHEDULER_RECORD_CODE';

/** The part of Node's CommonJS loader that finds, compiles and runs a file; `pirates` and others replace it as well. */
interface Loader {
  require: (this: NodeJS.Module, id: string) => unknown;
}

type Body = (
  exports: unknown,
  require: (id: string) => unknown,
  module: OwnModule,
  file: string,
  folder: string,
) => void;

/** What a file of ours sees as `module`. */
interface OwnModule {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
}

export interface CodeCache {
  /** Folder of our own CommonJS files, the only ones this is about. Their names change with their content. */
  readonly program: string;
  /** Folder of the compiled code, written by the build. */
  readonly compiled: string;
}

/**
 * Lets Node take V8's compiled code of our files instead of compiling them at each start, which is a third of what a
 * short command costs. V8 itself refuses code of another version or made under other flags; a file whose code is
 * missing or refused is compiled as usual. Our files name each other by their relative paths with the extension, so
 * that none of Node's searching (eight looks at the disk for each) is needed to find them.
 */
export function useCodeCache({ program, compiled }: CodeCache): void {
  const loaded = new Map<string, OwnModule>();
  const scripts = new Map<string, Script>();
  const outside = Module.createRequire(join(program, 'program.js'));
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module: OwnModule = { exports: {}, id: file, filename: file };
    loaded.set(file, module);
    const code = join(compiled, `${basename(file)}.code`);
    const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, ...codeIn(code) });
    scripts.set(code, script);
    const folder = dirname(file);
    const require = (id: string): unknown => (id.startsWith('.') ? load(join(folder, id)) : outside(id));
    (script.runInThisContext() as Body).call(module.exports, module.exports, require, module, file, folder);
    return module.exports;
  };
  const loader = Module.prototype as unknown as Loader;
  const requireOfNode = loader.require;
  // The file that Node itself started has Node's `require`, and comes in here.
  loader.require = function (id) {
    const ours = id.startsWith('.') && this.filename.startsWith(program + sep);
    return ours ? load(join(dirname(this.filename), id)) : requireOfNode.call(this, id);
  };
  if (process.env[RECORDING] === '1') process.once('exit', () => record(compiled, scripts));
}

function codeIn(path: string): { cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(path) };
  } catch {
    // Not recorded: a file no command needed during the build, or a build without this step.
    return {};
  }
}

/** What earlier commands recorded is in a script already, so that each one adds the functions it needed. */
function record(folder: string, scripts: ReadonlyMap<string, Script>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, script] of scripts) {
    writeFileSync(`${path}.${process.pid}`, script.createCachedData());
    renameSync(`${path}.${process.pid}`, path);
  }
}
