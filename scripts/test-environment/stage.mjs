// A copy of the checkout that the test user can read and write: the checkout itself may lie where it cannot look
// (below /root, or in a private temporary folder), and tests run by another user must not write into it.
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, run } from '../setup/command.mjs';
import { inProject, root } from '../setup/project.mjs';

/** Large and never written to: linked, not copied, where both lie on one disk. */
const linked = ['node_modules', 'dist'];
const leftOut = new Set(['.git', 'test-results', 'coverage', ...linked]);

/**
 * Makes the copy and returns its folder.
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 */
export const stageCheckout = (user) => {
  const stage = join(user.home, 'checkout');
  mkdirSync(stage);
  const copied = readdirSync(root).filter((name) => !leftOut.has(name));
  run('cp', ['-a', '--reflink=auto', '--', ...copied, stage], { cwd: root, quiet: true });
  run('chown', ['-R', `${user.uid}:${user.gid}`, stage], { quiet: true });
  for (const name of linked) linkOrCopy(name, stage, user);
  return stage;
};

/**
 * @param {string} name
 * @param {string} stage
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 */
const linkOrCopy = (name, stage, user) => {
  if (!existsSync(inProject(name))) return;
  // Links share the original's owner and mode, so all of it must be readable to others as it is.
  const closed = run('find', [name, '!', '-type', 'l', '!', '-perm', '-o=r', '-print', '-quit'], {
    cwd: root,
    quiet: true,
  });
  if (closed.stdout !== '' || !tryLink(name, stage)) {
    run('cp', ['-a', '--reflink=auto', '--', name, stage], { cwd: root, quiet: true });
    run('chown', ['-R', `${user.uid}:${user.gid}`, join(stage, name)], { quiet: true });
    return;
  }
  // The folder itself is new. Tools keep caches in it (node_modules/.vite), which the user must not share with us.
  chownSync(join(stage, name), user.uid, user.gid);
  for (const entry of readdirSync(join(stage, name), { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith('.') && entry.name !== '.bin') {
      rmSync(join(stage, name, entry.name), { recursive: true });
    }
  }
};

/**
 * @param {string} name
 * @param {string} stage
 */
const tryLink = (name, stage) => {
  try {
    run('cp', ['-al', '--', name, stage], { cwd: root, quiet: true });
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    run('rm', ['-rf', '--', join(stage, name)], { quiet: true });
    return false; // another disk
  }
};

/**
 * Brings what the tests made (reports, screenshots, traces) back to the checkout's `test-results`.
 * @param {string} stage
 */
export const fetchResults = (stage) => {
  if (!existsSync(join(stage, 'test-results'))) return;
  mkdirSync(inProject('test-results'), { recursive: true });
  // The trailing dot copies the folder's content; join() would drop it.
  run('cp', ['-r', '--no-preserve=ownership', '--', `${stage}/test-results/.`, inProject('test-results')], {
    quiet: true,
  });
};
