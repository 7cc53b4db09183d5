import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Returns the exit code of a script that sets code 3 after an action that leaves electron-builder's hook behind. */
function exitCodeOf(wrapped: boolean): number | null {
  const helper = JSON.stringify(new URL('exit-code.mjs', import.meta.url).href);
  const script = `
    import { createRequire } from 'node:module';
    import { keepingExitCode } from ${helper};
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const action = async () => require('async-exit-hook')(() => undefined);
    await (${wrapped} ? keepingExitCode(action) : action());
    process.exitCode = 3;`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script]).status;
}

describe('the exit code after packaging', () => {
  it('is the one that the script set', () => {
    expect(exitCodeOf(true)).toBe(3);
  });

  it('would be lost without keepingExitCode', () => {
    expect(exitCodeOf(false)).toBe(0);
  });
});
