import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';
import { readFile } from '../files/read-file.ts';

/** Set only by the build while it runs commands to record their compiled code (scripts/setup/code-cache.mjs). */
const RECORDING = 'NCP_SCHEDULER_RECORD_CODE';

/** The part of Node's CommonJS loader that finds, compiles and runs a file; `pirates` and others replace it too. */
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

/** The `module` that this app's files see. */
interface OwnModule {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
}

export interface CodeCache {
  /** Folder of this app's CommonJS files; only these are affected. Their names change with their content. */
  readonly program: string;
  /** Folder of the compiled code, written by the build. */
  readonly compiled: string;
}

/**
 * Lets Node use V8's compiled code of this app's files instead of compiling them at each start, which takes a third of
 * the time of a short command. V8 rejects code of another version or made under other flags; a file whose code is
 * missing or rejected is compiled as usual. The files refer to each other by relative paths with the extension, so that
 * Node need not search for them (eight disk accesses each).
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
  // The file that Node itself started has Node's `require`, which ends up here.
  loader.require = function (id) {
    const ours = id.startsWith('.') && this.filename.startsWith(program + sep);
    return ours ? load(join(dirname(this.filename), id)) : requireOfNode.call(this, id);
  };
  if (process.env[RECORDING] === '1') process.once('exit', () => record(compiled, scripts));
}

function codeIn(path: string): { cachedData?: Buffer } {
  try {
    return { cachedData: readFile(path) };
  } catch {
    // No code was recorded: no command needed the file during the build, or the build skipped this step.
    return {};
  }
}

/**
 * Records the compiled code. A script already contains what earlier commands recorded, so each command adds its
 * functions.
 */
function record(folder: string, scripts: ReadonlyMap<string, Script>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, script] of scripts) {
    writeFileSync(`${path}.${process.pid}`, script.createCachedData());
    renameSync(`${path}.${process.pid}`, path);
  }
}
