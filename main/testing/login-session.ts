import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { finished } from './built-command-line.ts';
import type { CommandLineRun } from './built-command-line.ts';

/** Gives the command a runtime directory of its own, in the place of the user's, and the user's own ids again. */
const ownRuntime = `
mount --bind "$1" "$XDG_RUNTIME_DIR" || exit 99
uid=$2 gid=$3
shift 3
exec unshare --user --map-user="$uid" --map-group="$gid" "$@"
`;

const withManager = `
/lib/systemd/systemd --user --log-target=null & manager=$!
until systemctl --user is-system-running 2> /dev/null | grep -qE 'running|degraded'; do
  kill -0 $manager || exit 98
  sleep 0.1
done
"$@"
code=$?
kill $manager
wait $manager
exit $code
`;

/**
 * Runs a command in a login of its own: a new systemd user manager starts, which reads the units below HOME, and ends with the
 * command. Namespaces keep it apart from the manager of the person who runs the tests, whose runtime directory it has.
 */
export async function inLogin(
  env: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<CommandLineRun> {
  const { uid, gid } = userInfo();
  const runtime = mkdtempSync(join(tmpdir(), 'ncp-login-'));
  const scope = ['--user', '--scope', '--quiet', '--property=Delegate=yes'];
  const inner = ['sh', '-c', ownRuntime, 'sh', runtime, String(uid), String(gid)];
  const args = [...scope, 'unshare', '--map-root-user', '--mount', ...inner];
  try {
    return await finished(
      spawn('systemd-run', [...args, 'sh', '-c', withManager, 'sh', ...command], {
        env: { ...env, XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? '' },
      }),
    );
  } finally {
    rmSync(runtime, { recursive: true, force: true });
  }
}

/** Returns why a login cannot be made here; null if it can. */
export async function noLogin(): Promise<string | null> {
  const { code, stderr } = await finished(
    spawn('unshare', ['--map-root-user', '--mount', 'unshare', '--user', 'true'], { env: { ...process.env } }),
  ).catch((error: Error) => ({ code: null, stderr: error.message }));
  return code === 0 ? null : `unshare makes no namespaces here: ${stderr}`;
}
