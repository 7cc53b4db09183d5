// Runs a command in parallel with others. Its output goes to a file, which is read when the command has exited, so that
// the output of two commands is never mixed.
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInForeground } from '../setup/command.mjs';
import { inProject } from '../setup/project.mjs';

const folder = inProject('test-results/output');

/**
 * @typedef {object} CaptureOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limitMs]
 * @property {boolean} [background]
 * @property {boolean} [showErrors] Writes standard error to the terminal immediately, not to the file.
 */

/**
 * Runs Node with these arguments in the checkout. The output stays in `test-results/output/NAME.log`.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {CaptureOptions} [options]
 */
export const runCaptured = async (name, args, { showErrors = false, ...options } = {}) => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  const file = openSync(path, 'w');
  try {
    const code = await runInForeground(process.execPath, args, {
      ...options,
      cwd: inProject(),
      stdio: ['ignore', file, showErrors ? 'inherit' : file],
    });
    return { code, output: readFileSync(path, 'utf8') };
  } finally {
    closeSync(file);
  }
};
