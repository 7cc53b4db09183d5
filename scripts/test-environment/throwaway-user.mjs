// Creates an ordinary user for one test run and deletes it afterwards. The user has its own home, crontab and systemd
// user manager, and can start Chromium with its sandbox, which root cannot. Root only.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, findProgram, run } from '../setup/command.mjs';
import { isInUse, locks } from './machine-lock.mjs';
import { endProcessesOf, startTimeOf } from './processes.mjs';

/** One user per concurrent run; one `npm test` needs up to four. */
const names = ['ncp-test', ...Array.from({ length: 11 }, (_, index) => `ncp-test-${index + 2}`)];

/**
 * @typedef {object} ThrowawayUser
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {string} home
 * @property {string} runtime XDG_RUNTIME_DIR, 0700
 */

/**
 * Creates a user that no other run uses. First removes what a killed run left of that user. Runs inside `alone`.
 * @returns {Promise<ThrowawayUser>}
 */
export const makeUser = async () => {
  const name = names.find(takeLock);
  if (name === undefined)
    throw new Error(`Other test runs use all of the users ${names.join(', ')}; wait until one ends.`);
  if (lookUp(name) !== undefined) await deleteUser(name);
  const home = join('/home', name);
  removeFolder(home);
  const options = ['--create-home', '--home-dir', home, '--shell', '/bin/bash', '--comment', 'NCP Scheduler tests'];
  await changeAccounts('useradd', [...options, name]);
  const user = lookUp(name);
  if (user === undefined) throw new Error(`useradd did not make the user ${name}.`);
  mkdirSync(dirname(user.runtime), { recursive: true }); // not 0700: all users need to traverse it
  mkdirSync(user.runtime, { recursive: true });
  run('chown', [`${user.uid}:${user.gid}`, user.runtime], { quiet: true });
  run('chmod', ['0700', user.runtime, user.home], { quiet: true });
  return user;
};

/**
 * Ends all processes of the user and deletes the user with its home and crontab.
 * @param {string} name
 */
export const deleteUser = async (name) => {
  const user = lookUp(name);
  if (user === undefined) return;
  await endProcessesOf(user.uid);
  removeCrontab(name);
  await changeAccounts('userdel', ['--force', name]);
  removeFolder(user.home);
  removeFolder(user.runtime);
};

/** Removes a folder. Retries, because cron may start a last job during the removal. @param {string} folder */
const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

/**
 * Runs useradd or userdel. Retries while another program has locked the account files, because both give up at once.
 * @param {string} command
 * @param {readonly string[]} args
 */
const changeAccounts = async (command, args) => {
  for (let tries = 1; ; tries += 1) {
    try {
      run(command, args, { quiet: true });
      return;
    } catch (error) {
      if (!(error instanceof CommandError) || !error.output.includes('cannot lock') || tries === 50) throw error;
      await delay(200);
    }
  }
};

/** @param {string} name */
export const releaseUser = (name) => rmSync(join(locks, name), { force: true });

/** @param {string} name */
const takeLock = (name) => {
  if (isInUse(name)) return false;
  writeFileSync(join(locks, name), `${process.pid} ${startTimeOf(process.pid)}`);
  return true;
};

/**
 * @param {string} name
 * @returns {ThrowawayUser | undefined}
 */
const lookUp = (name) => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid = '', gid = '', , home = ''] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid), home, runtime: `/run/user/${uid}` };
};

/** Removes the crontab: userdel keeps it, and a later user of the same name would inherit it. @param {string} name */
const removeCrontab = (name) => {
  if (findProgram('crontab') === undefined) return;
  try {
    run('crontab', ['-u', name, '-r'], { quiet: true });
  } catch (error) {
    if (!(error instanceof CommandError && error.output.includes('no crontab for'))) throw error;
  }
};
