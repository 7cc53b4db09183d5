// Runs a command as an ordinary user in its own desktop session, from a copy of this checkout:
//
//   node scripts/test-environment/run.mjs [--env NAME=VALUE]… [--without FOLDER]… -- COMMAND [ARGUMENT…]
//
// If root starts it (containers, CI), it creates a user, a control group and a runtime folder for this run, starts a
// cron daemon and marks the machine as booted by systemd if necessary, and removes all of it afterwards. If an ordinary
// user starts it, it uses that user and their login session. Copies `test-results/` back. Exits with the exit code of
// the command. See README.md.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isRoot, run, runInForeground } from '../setup/command.mjs';
import { inProject, root } from '../setup/project.mjs';
import { makeGroups, removeGroups } from './cgroups.mjs';
import { alone } from './machine-lock.mjs';
import { startSharedServices, stopSharedServices } from './shared-services.mjs';
import { fetchResults, stageCheckout } from './stage.mjs';
import { deleteUser, makeUser, releaseUser } from './throwaway-user.mjs';

const usage =
  'usage: node scripts/test-environment/run.mjs [--env NAME=VALUE]… [--without FOLDER]… -- COMMAND [ARGUMENT…]';

/** Variables that the test user gets from the caller, besides all that start with NCP_. */
const passedOn = ['CI', 'TEST_DEEP', 'TEST_SEED', 'TEST_PART', 'TERM', 'COLORTERM', 'FORCE_COLOR', 'NO_COLOR', 'DEBUG'];

/** @param {readonly string[]} argv */
const parse = (argv) => {
  const separator = argv.indexOf('--');
  const options = argv.slice(0, separator);
  const command = argv.slice(separator + 1);
  /** @type {Record<string, string>} */
  const extra = {};
  /** @type {string[]} */
  const without = [];
  for (let i = 0; i < options.length; i += 2) {
    const given = options[i + 1] ?? '';
    const [name, value] = given.split(/=(.*)/s);
    if (options[i] === '--without' && given !== '') without.push(given);
    else if (options[i] === '--env' && name && value !== undefined) extra[name] = value;
    else throw new Error(usage);
  }
  if (separator === -1 || command.length === 0) throw new Error(usage);
  return { extra, without, command };
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
 * Returns the path of this Node, or of a copy if the user cannot run it (for example, if it is installed below /root).
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

/** @param {ReturnType<typeof parse>} given */
const runAsThrowawayUser = async ({ command, extra, without }) => {
  const user = await alone(makeUser);
  /** @type {string[]} */
  let groups = [];
  try {
    await alone(startSharedServices);
    groups = makeGroups(`ncp-scheduler-test-${user.uid}`, user.uid, user.gid);
    const stage = stageCheckout(user, without);
    const node = nodeFor(user);
    // The shell moves itself into the user's control groups while it is still root, then becomes the user.
    const enter = `for group in "$@"; do [ "$group" = -- ] && break; echo $$ > "$group/cgroup.procs" || exit 1; shift; done; shift; exec "$@"`;
    const session = ['setpriv', ...identity(user), node, 'scripts/test-environment/session.mjs', ...command];
    const code = await runInForeground('sh', ['-c', enter, 'sh', ...groups, '--', ...session], {
      cwd: stage,
      env: environmentOf(user, node, extra),
    });
    fetchResults(stage);
    return code;
  } finally {
    // Release the user even if its removal failed.
    try {
      await deleteUser(user.name);
      removeGroups(groups);
    } finally {
      await alone(() => {
        releaseUser(user.name);
        return stopSharedServices();
      });
    }
  }
};

const main = async () => {
  const given = parse(process.argv.slice(2));
  if (!existsSync(inProject('node_modules'))) throw new Error('node_modules is missing; run `npm ci` first.');
  if (process.platform === 'linux' && isRoot()) {
    for (const program of ['useradd', 'userdel', 'setpriv', 'flock']) {
      if (findProgram(program) === undefined)
        throw new Error(`${program} is missing (Debian packages passwd and util-linux).`);
    }
    return runAsThrowawayUser(given);
  }
  const env = { ...process.env, TZ: 'UTC', NCP_TEST_USER: 'own', ...given.extra };
  return runInForeground(process.execPath, [inProject('scripts/test-environment/session.mjs'), ...given.command], {
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
