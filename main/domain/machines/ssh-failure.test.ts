import { expect, it } from 'vitest';
import { sshFailure } from './ssh-failure.ts';

/** Messages of OpenSSH 9.2 on Debian 12, and of the shells bash, dash, zsh, fish, csh and cmd. */
it.each([
  [255, 'ssh: Could not resolve hostname web: Name or service not known', 'host-not-found'],
  [255, 'No ED25519 host key is known for web and you have requested strict checking.', 'host-key-unknown'],
  [255, 'Host key verification failed.', 'host-key-unknown'],
  [255, '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'host-key-changed'],
  [255, 'kim@web: Permission denied (publickey,password).', 'sign-in-refused'],
  [255, 'Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures', 'sign-in-refused'],
  [255, 'ssh: connect to host web port 22: Connection refused', 'unreachable'],
  [255, 'ssh: connect to host web port 22: Connection timed out', 'unreachable'],
  [255, 'ssh: connect to host web port 22: No route to host', 'unreachable'],
  [255, 'Connection closed by 10.0.0.1 port 22', 'connection-lost'],
  [null, 'client_loop: send disconnect: Broken pipe', 'connection-lost'],
  [127, 'sh: 1: exec: ncp-scheduler: not found', 'not-installed'],
  [126, 'bash: /opt/ncp: Permission denied', 'not-installed'],
  [2, 'error: There is no command "_remote". Did you mean …', 'other-version'],
  [2, 'error: There is no command "bridge".', 'other-version'],
  [255, 'an unknown message', 'ssh-failed'],
  [1, 'This account is currently not available.', 'ssh-failed'],
  [1, '', 'ssh-failed'],
])('exit code %s with "%s" is machine/%s', (code, text, word) => {
  const { code: name, message, details } = sshFailure('web', { code, text }, '1.2.3');
  expect(name).toBe(`machine/${word}`);
  expect(message).toContain(
    word === 'host-key-changed'
      ? 'another machine may be answering'
      : word === 'connection-lost'
        ? 'web was closed'
        : 'web',
  );
  expect(details).toMatchObject({ host: 'web', code });
});

it('says which version to install, and shows no control characters of the other side', () => {
  expect(sshFailure('web', { code: 2, text: 'There is no command "_remote"' }, '1.2.3').message).toContain(
    'version 1.2.3',
  );
  expect(sshFailure('web', { code: 1, text: 'a\u001b[2Jb' }, '1').message).not.toContain('\u001b');
});
