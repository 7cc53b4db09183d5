import { plainLines } from '../escaped-text.ts';
import { SchedulerError } from '../errors.ts';

/** How `ssh` ended without an answer of our program. */
export interface SshEnd {
  /** Exit code of ssh: that of the command there, or 255 for a failure of ssh; null if a signal ended it. */
  readonly code: number | null;
  /** What ssh and the shell there wrote to standard error. */
  readonly text: string;
}

type Rule = readonly [pattern: RegExp, word: string, sentence: (host: string) => string];

/** The messages of OpenSSH, which has no translations. The first match counts. */
const rules: readonly Rule[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    'host-key-changed',
    (host) =>
      `The host key of ${host} is not the one that ssh knows. Find out why before you connect: another machine may be answering. If the key was renewed, remove the old one with \`ssh-keygen -R\`.`,
  ],
  [
    /Host key verification failed|No \S+ host key is known|authenticity of host/,
    'host-key-unknown',
    (host) =>
      `ssh does not know the host key of ${host}. Run \`ssh ${host}\` once in a terminal, and check the key there.`,
  ],
  [
    /Could not resolve hostname/,
    'host-not-found',
    (host) => `There is no host ${host}. Check the name, or add it to ~/.ssh/config.`,
  ],
  [
    /Permission denied|Too many authentication failures/,
    'sign-in-refused',
    (host) =>
      `${host} did not accept your key. A password cannot be asked for here: set up a key with \`ssh-copy-id ${host}\`, or add it to the agent with \`ssh-add\`.`,
  ],
  [
    /Connection refused|timed out|No route to host|Network is unreachable|Host is down/,
    'unreachable',
    (host) => `${host} does not answer. Check that it is on, reachable from here, and runs an SSH server.`,
  ],
  [
    /Connection (?:closed|reset)|Broken pipe|client_loop|banner exchange|kex_exchange_identification/,
    'connection-lost',
    (host) => `The connection to ${host} was closed. Try again.`,
  ],
];

/** Returns the error for an `ssh` that ended before our program answered. */
export function sshFailure(host: string, { code, text }: SshEnd, version: string): SchedulerError {
  const output = plainLines(text).trim().slice(-2000);
  const details = { host, code, output };
  if (code === 127 || code === 126) return new SchedulerError('machine/not-installed', notInstalled(host), details);
  if (/There is no command "?(?:_remote|bridge)/.test(text)) {
    const message = `The NCP Scheduler on ${host} is too old for this. Install version ${version} there.`;
    return new SchedulerError('machine/other-version', message, details);
  }
  const rule = code === 255 || code === null ? rules.find(([pattern]) => pattern.test(text)) : undefined;
  if (rule !== undefined) return new SchedulerError(`machine/${rule[1]}`, rule[2](host), details);
  const said = output === '' ? 'It said nothing.' : `It said: ${output.split('\n').slice(-3).join(' ')}`;
  const message = `ssh could not run ncp-scheduler on ${host} (exit code ${code ?? 'none'}). ${said}`;
  return new SchedulerError('machine/ssh-failed', message, details);
}

/** Returns the error for a connection that ended while the command was running. */
export function connectionLost(host: string): SchedulerError {
  const message = `The connection to ${host} was lost. The command there has been asked to stop; check its result with \`runs\`.`;
  return new SchedulerError('machine/connection-lost', message, { host });
}

export function noSsh(): SchedulerError {
  return new SchedulerError('machine/no-ssh', 'The program ssh was not found. Install OpenSSH, or add it to the PATH.');
}

function notInstalled(host: string): string {
  return `ncp-scheduler was not found on ${host}. Install it there, or say where it is: \`machines add NAME ${host} --program PATH\`. The settings of its window can put it on the PATH.`;
}
