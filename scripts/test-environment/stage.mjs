// Copies the checkout for the test user. The checkout itself may be in a folder that the user cannot read (below /root,
// or a private temporary folder), and the tests of another user must not write into it.
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, run } from '../setup/command.mjs';
import { inProject, root } from '../setup/project.mjs';

/** Large folders that are never written to: hard-linked instead of copied if both folders are on the same disk. */
const linked = ['node_modules', 'dist'];
const notCopied = ['.git', 'test-results', 'coverage', ...linked];

/**
 * Makes the copy and returns its folder.
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 * @param {readonly string[]} without Folders of the checkout that the copy omits.
 */
export const stageCheckout = (user, without) => {
  const stage = join(user.home, 'checkout');
  mkdirSync(stage);
  const copied = readdirSync(root).filter((name) => ![...notCopied, ...without].includes(name));
  run('cp', ['-a', '--reflink=auto', '--', ...copied, stage], { cwd: root, quiet: true });
  run('chown', ['-R', `${user.uid}:${user.gid}`, stage], { quiet: true });
  for (const name of linked.filter((folder) => !without.includes(folder))) linkOrCopy(name, stage, user);
  return stage;
};

/**
 * @param {string} name
 * @param {string} stage
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 */
const linkOrCopy = (name, stage, user) => {
  if (!existsSync(inProject(name))) return;
  // Folders that start with a dot are caches of tools (node_modules/.vite), which two users must not share.
  const entries = readdirSync(inProject(name)).filter((entry) => !entry.startsWith('.') || entry === '.bin');
  const paths = entries.map((entry) => join(name, entry));
  if (paths.length === 0) return;
  mkdirSync(join(stage, name));
  chownSync(join(stage, name), user.uid, user.gid);
  if (isOpen(paths) && tryLink(paths, stage)) return;
  run('cp', ['-a', '--parents', '--reflink=auto', '--', ...paths, stage], { cwd: root, quiet: true });
  run('chown', ['-R', `${user.uid}:${user.gid}`, join(stage, name)], { quiet: true });
};

/**
 * Returns true if other users can read every file: a hard link keeps the owner and mode of the original.
 * @param {readonly string[]} paths
 */
const isOpen = (paths) => {
  const args = [...paths, '!', '-type', 'l', '!', '-perm', '-o=r', '-print', '-quit'];
  return run('find', args, { cwd: root, quiet: true }).stdout === '';
};

/**
 * @param {readonly string[]} paths
 * @param {string} stage
 */
const tryLink = (paths, stage) => {
  try {
    run('cp', ['-al', '--parents', '--', ...paths, stage], { cwd: root, quiet: true });
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    run('rm', ['-rf', '--', ...paths.map((path) => join(stage, path))], { quiet: true });
    return false; // another disk
  }
};

/**
 * Copies the reports, screenshots and traces of the tests to the checkout's `test-results`.
 * @param {string} stage
 */
export const fetchResults = (stage) => {
  if (!existsSync(join(stage, 'test-results'))) return;
  mkdirSync(inProject('test-results'), { recursive: true });
  // The trailing dot copies the content of the folder; join() would remove the dot.
  run('cp', ['-r', '--no-preserve=ownership', '--', `${stage}/test-results/.`, inProject('test-results')], {
    quiet: true,
  });
};
