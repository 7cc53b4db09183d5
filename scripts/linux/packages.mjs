// Makes the packages for Linux from the unpacked app: .deb, .rpm and .tar.gz, without a network.
import { rmSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from '../setup/command.mjs';
import { readPackage } from '../setup/project.mjs';
import { makeDeb } from './deb.mjs';
import { makeRpm } from './rpm.mjs';
import { layOut } from './tree.mjs';

/**
 * Makes what the programs of this machine allow. Says in one line what is left out and why.
 * @param {string} app
 * @param {string} output
 * @returns {string[]} The paths of the packages.
 */
export const makeLinuxPackages = (app, output) => {
  const made = [makeTarball(app, output)];
  if (hasProgram('dpkg-deb', 'dpkg', '.deb')) made.push(makeDeb(app, output));
  if (hasProgram('rpmbuild', 'rpm', '.rpm')) made.push(makeRpm(app, output));
  return made;
};

/**
 * @param {string} program
 * @param {string} source
 * @param {string} format
 */
const hasProgram = (program, source, format) => {
  if (findProgram(program) !== undefined) return true;
  console.error(`No ${format} is made: ${program} is missing. To install it: sudo apt-get install ${source}`);
  return false;
};

/**
 * Makes the archive. Unpacked below ~/.local or /usr/local, everything is where a desktop and a shell look for it.
 * @param {string} app
 * @param {string} output
 */
const makeTarball = (app, output) => {
  const name = `ncp-scheduler-${readPackage().version}-linux-${process.arch}`;
  const tree = join(output, `.${name}`);
  layOut(app, tree);
  const file = join(output, `${name}.tar.gz`);
  // The same files give the same bytes, so that a release's hash can be checked by building it again.
  const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
  rmSync(join(output, name), { recursive: true, force: true });
  renameSync(tree, join(output, name));
  run('tar', ['-C', output, ...same, '-czf', file, name], { quiet: true, env: { ...process.env, GZIP: '-n' } });
  rmSync(join(output, name), { recursive: true, force: true });
  return file;
};
