// An ordinary user made for one run of the tests and deleted after it: a home, a crontab and a systemd user manager
// of its own, and Chromium's sandbox, which refuses root. Root only.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, findProgram, run } from '../setup/command.mjs';
import { endProcessesOf, startTimeOf } from './processes.mjs';

/** Holds one file per user in use, with the pid and start time of the run that uses it. */
export const locks = '/run/ncp-scheduler-test';

/** More than one, so that runs at the same time do not wait for each other. */
const names = ['ncp-test', 'ncp-test-2', 'ncp-test-3', 'ncp-test-4', 'ncp-test-5', 'ncp-test-6'];

/**
 * @typedef {object} ThrowawayUser
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {string} home
 * @property {string} runtime XDG_RUNTIME_DIR, 0700
 */

/**
 * Makes a user nobody else uses now. What a killed run left of it is removed first.
 * @returns {Promise<ThrowawayUser>}
 */
export const makeUser = async () => {
  mkdirSync(locks, { recursive: true });
  const name = names.find(takeLock);
  if (name === undefined)
    throw new Error(`All of ${names.join(', ')} are in use by other test runs; wait for one to end.`);
  if (lookUp(name) !== undefined) await deleteUser(name);
  const home = join('/home', name);
  removeFolder(home);
  const options = ['--create-home', '--home-dir', home, '--shell', '/bin/bash', '--comment', 'NCP Scheduler tests'];
  await changeAccounts('useradd', [...options, name]);
  const user = lookUp(name);
  if (user === undefined) throw new Error(`useradd made no user ${name}.`);
  mkdirSync(dirname(user.runtime), { recursive: true }); // not with the mode below: all users go through it
  mkdirSync(user.runtime, { recursive: true });
  run('chown', [`${user.uid}:${user.gid}`, user.runtime], { quiet: true });
  run('chmod', ['0700', user.runtime, user.home], { quiet: true });
  return user;
};

/**
 * Ends all of the user's processes and deletes it with its home and crontab.
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

/** Cron may start a last job of the user while its folders go away; hence the retries. @param {string} folder */
const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

/**
 * The account files are locked by one program at a time, and a second one gives up at once.
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
  const file = join(locks, name);
  if (existsSync(file)) {
    const [pid = '', startTime] = readFileSync(file, 'utf8').split(' ');
    if (startTimeOf(Number(pid)) === startTime) return false;
    rmSync(file, { force: true }); // its run was killed
  }
  try {
    writeFileSync(file, `${process.pid} ${startTimeOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch {
    return false; // another run was faster
  }
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

/** userdel leaves the crontab behind, and a later user of the same name would inherit it. @param {string} name */
const removeCrontab = (name) => {
  if (findProgram('crontab') === undefined) return;
  try {
    run('crontab', ['-u', name, '-r'], { quiet: true });
  } catch (error) {
    if (!(error instanceof CommandError && error.output.includes('no crontab for'))) throw error;
  }
};
