// Runs a command as an ordinary user in a session of its own, from a copy of this checkout:
//
//   node scripts/test-environment/run.mjs [--env NAME=VALUE]… -- COMMAND [ARGUMENT…]
//
// Started by root (containers, CI): makes a user for this run, a control group, a runtime folder, and where they are
// missing a cron daemon and systemd's mark; removes it all afterwards. Started by an ordinary user: uses that user and
// what the login session offers. `test-results/` is brought back. The exit code is the command's. See README.md beside this file.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isRoot, run, runInForeground } from '../setup/command.mjs';
import { inProject, root } from '../setup/project.mjs';
import { makeGroups, removeGroups } from './cgroups.mjs';
import { startSharedServices, stopSharedServices } from './shared-services.mjs';
import { fetchResults, stageCheckout } from './stage.mjs';
import { deleteUser, makeUser, releaseUser } from './throwaway-user.mjs';

const usage = 'usage: node scripts/test-environment/run.mjs [--env NAME=VALUE]… -- COMMAND [ARGUMENT…]';

/** Of the caller's environment only these, and all that starts with NCP_, reach the test user. */
const passedOn = ['CI', 'TEST_DEEP', 'TEST_SEED', 'TERM', 'COLORTERM', 'FORCE_COLOR', 'NO_COLOR', 'DEBUG'];

/** @param {readonly string[]} argv */
const parse = (argv) => {
  const separator = argv.indexOf('--');
  const options = argv.slice(0, separator);
  const command = argv.slice(separator + 1);
  /** @type {Record<string, string>} */
  const extra = {};
  for (let i = 0; i < options.length; i += 2) {
    const [name, value] = (options[i + 1] ?? '').split(/=(.*)/s);
    if (options[i] !== '--env' || !name || value === undefined) throw new Error(usage);
    extra[name] = value;
  }
  if (separator === -1 || command.length === 0) throw new Error(usage);
  return { extra, command };
};

/**
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 * @param {string} node
 * @param {Record<string, string>} extra
 * @returns {Record<string, string>}
 */
const environmentOf = (user, node, extra) => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && (passedOn.includes(name) || name.startsWith('NCP_')) ? [[name, value]] : [],
    ),
  ),
  HOME: user.home,
  USER: user.name,
  LOGNAME: user.name,
  SHELL: '/bin/bash',
  PATH: `${dirname(node)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  XDG_RUNTIME_DIR: user.runtime,
  NCP_TEST_USER: 'throwaway',
  ...extra,
});

/**
 * This Node, where the user can run it; otherwise (installed below /root by a version manager) a copy of it.
 * @param {import('./throwaway-user.mjs').ThrowawayUser} user
 */
const nodeFor = (user) => {
  try {
    run('setpriv', [...identity(user), process.execPath, '--version'], { quiet: true });
    return process.execPath;
  } catch {
    run('install', ['-D', '-m', '0755', process.execPath, join(user.home, '.node/node')], { quiet: true });
    run('chown', ['-R', `${user.uid}:${user.gid}`, join(user.home, '.node')], { quiet: true });
    return join(user.home, '.node/node');
  }
};

/** @param {import('./throwaway-user.mjs').ThrowawayUser} user */
const identity = (user) => [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups'];

/**
 * @param {readonly string[]} command
 * @param {Record<string, string>} extra
 */
const runAsThrowawayUser = async (command, extra) => {
  const user = await makeUser();
  /** @type {string[]} */
  let groups = [];
  try {
    await startSharedServices();
    groups = makeGroups(`ncp-scheduler-test-${user.uid}`, user.uid, user.gid);
    const stage = stageCheckout(user);
    const node = nodeFor(user);
    // The shell moves itself into the user's control groups while it still is root, then becomes the user.
    const enter = `for group in "$@"; do [ "$group" = -- ] && break; echo $$ > "$group/cgroup.procs" || exit 1; shift; done; shift; exec "$@"`;
    const session = ['setpriv', ...identity(user), node, 'scripts/test-environment/session.mjs', ...command];
    const code = await runInForeground('sh', ['-c', enter, 'sh', ...groups, '--', ...session], {
      cwd: stage,
      env: environmentOf(user, node, extra),
    });
    fetchResults(stage);
    return code;
  } finally {
    // The user is free for the next run even where something of it could not be removed.
    try {
      await deleteUser(user.name);
      removeGroups(groups);
    } finally {
      releaseUser(user.name);
      await stopSharedServices();
    }
  }
};

const main = async () => {
  const { extra, command } = parse(process.argv.slice(2));
  if (!existsSync(inProject('node_modules'))) throw new Error('node_modules is missing; run `npm ci` first.');
  if (process.platform === 'linux' && isRoot()) {
    for (const program of ['useradd', 'userdel', 'setpriv']) {
      if (findProgram(program) === undefined)
        throw new Error(`${program} is missing (Debian packages passwd and util-linux).`);
    }
    return runAsThrowawayUser(command, extra);
  }
  const env = { ...process.env, TZ: 'UTC', NCP_TEST_USER: 'own', ...extra };
  return runInForeground(process.execPath, [inProject('scripts/test-environment/session.mjs'), ...command], {
    cwd: root,
    env,
  });
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`test environment: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
