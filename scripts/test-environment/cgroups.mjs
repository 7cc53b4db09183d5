// Creates control groups that an ordinary user owns, in every hierarchy that a systemd user manager uses.
//
// `systemd --user` does not start unless it can create groups below its own. On a machine booted by systemd,
// user@.service delegates such a group; in a container nothing does, so root creates the groups here.
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the group folder of this process in each hierarchy that systemd uses: the unified one (v2) and `name=systemd`
 * (v1). A machine has the first, both ("hybrid") or only the second ("legacy").
 */
const hierarchies = () => {
  const mounts = readFileSync('/proc/mounts', 'utf8').trim().split('\n').map(parseMount);
  const groups = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n').map(parseGroup);
  return groups.flatMap(({ controllers, path }) => {
    const mount = mounts.find(
      ({ type, options }) =>
        (controllers === '' && type === 'cgroup2') ||
        (controllers === 'name=systemd' && type === 'cgroup' && options.includes('name=systemd')),
    );
    return mount === undefined ? [] : [join(mount.folder, path)];
  });
};

/** @param {string} line `device folder type options 0 0` */
const parseMount = (line) => {
  const [, folder = '', type = '', options = ''] = line.split(' ');
  return { folder, type, options: options.split(',') };
};

/** @param {string} line `id:controllers:path`; controllers is empty for the unified hierarchy */
const parseGroup = (line) => {
  const [, controllers = '', ...path] = line.split(':');
  return { controllers, path: path.join(':') };
};

/**
 * Creates the user's groups and returns their folders. Root only.
 * @param {string} name The group's name in every hierarchy.
 * @param {number} uid
 * @param {number} gid
 */
export const makeGroups = (name, uid, gid) =>
  hierarchies().map((parent) => {
    const folder = join(parent, name);
    mkdirSync(folder, { recursive: true });
    chownSync(folder, uid, gid);
    for (const file of ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control', 'tasks']) {
      if (existsSync(join(folder, file))) chownSync(join(folder, file), uid, gid);
    }
    return folder;
  });

/**
 * Removes groups and all groups below them. A group that still has processes stays, which is harmless.
 * @param {readonly string[]} folders
 */
export const removeGroups = (folders) => {
  for (const folder of folders) removeGroup(folder);
};

/** @param {string} folder */
const removeGroup = (folder) => {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeGroup(join(folder, entry.name));
  }
  try {
    rmdirSync(folder);
  } catch (error) {
    console.error(`test environment: cannot remove the control group ${folder}: ${String(error)}`);
  }
};
