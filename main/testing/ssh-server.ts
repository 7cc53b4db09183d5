import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { headless } from './built-command-line.ts';
import { startCutProxy } from './cut-proxy.ts';
import { freePort } from './free-port.ts';

const sshd = '/usr/sbin/sshd';

/** Returns why a test cannot start an SSH server here; null if it can. */
export function noSshServer(): string | null {
  if (!existsSync(sshd)) return 'needs the Debian package openssh-server';
  return spawnSync('ssh', ['-V']).status === 0 ? null : 'needs the Debian package openssh-client';
}

/**
 * A real SSH server on 127.0.0.1 for the user of the test, and an `ssh` that knows it. Hosts: `server`; `stranger`, whose
 * host key is not known; `changed`, whose host key was another; `locked-out`, with a key that the server does not accept;
 * `closed`, where nothing listens.
 */
export interface SshServer {
  /** To put in front of the PATH: holds an `ssh` with a configuration of its own. */
  readonly clientBin: string;
  /** The home of the person on the server; `.ncp/scheduler` below it is the data directory. */
  readonly home: string;
  /** Folder on the PATH of the server, with `ncp-scheduler`. */
  readonly serverBin: string;
  /** Ends all connections, as a cable does. The server still accepts new ones. */
  cutConnections(): void;
  dispose(): Promise<void>;
}

export interface SshServerOptions {
  /** The command line that it runs. @default the built one */
  readonly program?: string;
  /** Lets every user of the machine in by the same key, each with a home of its own; only root can. @default false */
  readonly forAllUsers?: boolean;
}

export async function startSshServer({
  program = headless,
  forAllUsers = false,
}: SshServerOptions = {}): Promise<SshServer> {
  const dir = mkdtempSync(join(tmpdir(), 'ncp-ssh-'));
  // The server reads the keys as the user who signs in.
  if (forAllUsers) chmodSync(dir, 0o755);
  const at = (name: string): string => join(dir, name);
  for (const name of ['client-bin', 'server-bin', 'home']) mkdirSync(at(name));
  for (const name of ['host', 'key', 'other']) makeKey(at(name));
  const [sshdPort, port] = [await freePort(), await freePort()];
  const known = `[127.0.0.1]:${port}`;
  writeFileSync(at('known'), `${known} ${readFileSync(at('host.pub'), 'utf8')}`);
  writeFileSync(at('changed'), `${known} ${readFileSync(at('other.pub'), 'utf8')}`);
  writeFileSync(at('authorized'), readFileSync(at('key.pub'), 'utf8'));
  writeFileSync(at('sshd_config'), serverConfig(at, sshdPort, forAllUsers));
  writeFileSync(at('ssh_config'), clientConfig(at, port, await freePort()));
  writeScript(join(at('client-bin'), 'ssh'), `exec /usr/bin/ssh -F ${at('ssh_config')} "$@"`);
  writeScript(join(at('server-bin'), 'ncp-scheduler'), `exec ${process.execPath} ${program} "$@"`);
  // Started by root, sshd needs this folder, which the system's service otherwise makes.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(sshd, ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await listening(server, sshdPort, () => log);
  const proxy = await startCutProxy(port, sshdPort);
  return {
    ...{ clientBin: at('client-bin'), serverBin: at('server-bin'), home: at('home') },
    cutConnections: () => proxy.cut(),
    dispose: async () => {
      await proxy.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const serverConfig = (at: (name: string) => string, port: number, forAllUsers: boolean): string =>
  [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('authorized')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    `SetEnv PATH=${at('server-bin')}:/usr/bin:/bin TZ=UTC${forAllUsers ? '' : ` HOME=${at('home')}`}`,
  ].join('\n');

function clientConfig(at: (name: string) => string, port: number, closedPort: number): string {
  const host = (name: string, ...lines: string[]): string => [`Host ${name}`, ...lines].join('\n  ');
  const known = (file: string): string => `UserKnownHostsFile ${file}`;
  return [
    host('stranger', known('/dev/null')),
    host('changed', known(at('changed'))),
    host('locked-out', `IdentityFile ${at('other')}`),
    // ssh tries every key that applies.
    host('* !locked-out', `IdentityFile ${at('key')}`),
    host('closed', `Port ${closedPort}`),
    host('nowhere', 'HostName nowhere.invalid'),
    host(
      '*',
      ...['HostName 127.0.0.1', `Port ${port}`, `User ${userInfo().username}`],
      ...['IdentitiesOnly yes', 'IdentityAgent none', known(at('known')), 'GlobalKnownHostsFile /dev/null'],
    ),
  ].join('\n');
}

function makeKey(path: string): void {
  const { status, stderr } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ssh-keygen failed: ${stderr}`);
}

const writeScript = (path: string, line: string): void => writeFileSync(path, `#!/bin/sh\n${line}\n`, { mode: 0o755 });

/** Waits until the server answers. @throws an Error with its log if it has ended */
async function listening(server: ChildProcess, port: number, log: () => string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`sshd ended: ${log()}`);
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.unref();
    });
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
