import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/**
 * Options for a program instead of a person: nothing is asked, a dead connection is noticed within a minute, and
 * nothing of ~/.ssh/config that is meant for a terminal gets in the way.
 */
const options = [
  ['BatchMode', 'yes'],
  ['ConnectTimeout', '15'],
  ['ServerAliveInterval', '15'],
  ['ServerAliveCountMax', '3'],
  ['ClearAllForwardings', 'yes'],
  ['RemoteCommand', 'none'],
  ['PermitLocalCommand', 'no'],
].flatMap(([name, value]) => ['-o', `${name}=${value}`]);

/**
 * Starts the ssh of the person, with their keys and their ~/.ssh/config.
 * @param host checked by `machineHostSchema`; `--` also keeps it from being an option
 */
export function startSsh(host: string, command: string): ChildProcessWithoutNullStreams {
  // In a group of its own: Ctrl+C in the terminal would end ssh before the command there has been asked to stop.
  return spawn('ssh', ['-T', '-a', '-x', ...options, '--', host, command], { detached: true, windowsHide: true });
}
