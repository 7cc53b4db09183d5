import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { Script } from 'node:vm';

/** Set by the build alone, while it runs commands to record their compiled code (scripts/setup/code-cache.mjs). */
const RECORDING = 'NCP_SCHEDULER_RECORD_CODE';

/** The part of Node's CommonJS loader that compiles a file; `v8-compile-cache` and `pirates` replace it as well. */
interface Loader {
  _compile: (this: NodeJS.Module, source: string, file: string, ...more: unknown[]) => unknown;
}

type Body = (exports: unknown, require: NodeJS.Require, module: NodeJS.Module, file: string, folder: string) => void;

export interface CodeCache {
  /** Folder of our own CommonJS files, the only ones this is about. Their names change with their content. */
  readonly program: string;
  /** Folder of the compiled code, written by the build. */
  readonly compiled: string;
}

/**
 * Lets Node take V8's compiled code of our files instead of compiling them at each start, which is a third of what a
 * short command costs. V8 itself refuses code of another version or made under other flags; a file whose code is
 * missing or refused is compiled as usual.
 */
export function useCodeCache({ program, compiled }: CodeCache): void {
  const loader = Module.prototype as unknown as Loader;
  const compile = loader._compile;
  const scripts = new Map<string, Script>();
  loader._compile = function (source, file, ...more) {
    if (!file.startsWith(program + sep)) return compile.call(this, source, file, ...more);
    const code = join(compiled, `${basename(file)}.code`);
    const script = new Script(Module.wrap(source), { filename: file, ...known(code) });
    scripts.set(code, script);
    const body = script.runInThisContext() as Body;
    return body.call(this.exports, this.exports, Module.createRequire(file), this, file, dirname(file));
  };
  if (process.env[RECORDING] === '1') process.once('exit', () => record(compiled, scripts));
}

function known(code: string): { cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(code) };
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
