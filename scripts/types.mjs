// Type-checks each part with its own tsconfig: contract and renderer without Node's types, main without the DOM.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inProject } from './setup/project.mjs';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const projects = ['main/contract', 'main', 'preload', 'renderer', 'e2e', '.'];
/** @type {string[]} */
const failed = [];

/**
 * Returns options that keep the result of the last check, so that only changed files are checked again.
 * @param {string} project
 */
const incremental = (project) => [
  '--incremental',
  '--tsBuildInfoFile',
  inProject(`node_modules/.cache/types/${project.replaceAll(/\W/g, '-')}.tsbuildinfo`),
];

/** @param {string} project */
const check = (project) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsc, '-p', project, '--pretty', 'false', ...incremental(project)], {
      cwd: inProject(),
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) failed.push(project);
      resolve(undefined);
    });
  });

// The compiler uses all processors by itself.
for (const project of projects) await check(project);

if (failed.length > 0) {
  console.error(`types: errors in ${failed.join(', ')}`);
  process.exitCode = 1;
} else {
  console.log(`types: ${projects.length} projects checked`);
}
