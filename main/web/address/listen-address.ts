import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { SchedulerError } from '../../domain/errors.ts';

/** Used if no address is given. If it is taken, any free port is used instead. */
const usualPort = 7377;

/** Where the web server listens. */
export type ListenAddress =
  | { readonly path: string }
  | {
      readonly host: string;
      readonly port: number;
      /** Another port may be used if this one is taken. */
      readonly orAnyPort: boolean;
    };

export interface Encryption {
  /** The server encrypts by itself. */
  readonly tls: boolean;
  /** A proxy in front of it does. */
  readonly proxy: boolean;
}

/**
 * Reads `--listen`: `HOST:PORT`, or the path of a Unix socket.
 * @throws SchedulerError `usage/invalid-value`; `usage/unencrypted` for an address that other machines can reach without
 * encryption
 */
export function listenAddress(text: string | undefined, { tls, proxy }: Encryption): ListenAddress {
  if (text === undefined) return { host: '127.0.0.1', port: usualPort, orAnyPort: true };
  if (text.includes('/') || text.endsWith('.sock')) return { path: resolve(text) };
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || digits === '' || port > 65_535 || (bracketed !== undefined && isIP(bracketed) !== 6)) {
    throw wrongAddress(text);
  }
  if (!isLoopback(host) && !tls && !proxy) throw unencrypted(text);
  return { host, port, orAnyPort: false };
}

/** Returns whether only this machine reaches a host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function wrongAddress(text: string): SchedulerError {
  const message = `--listen must be HOST:PORT, such as 127.0.0.1:${usualPort}, or the path of a Unix socket, such as /run/user/1000/ncp.sock. "${text}" is neither.`;
  return new SchedulerError('usage/invalid-value', message, { option: 'listen', value: text });
}

function unencrypted(text: string): SchedulerError {
  const message = `--listen ${text} would show your tasks to other machines without encryption. Listen on 127.0.0.1 and reach it through SSH (ssh -L), or add --tls-cert and --tls-key, or --behind-proxy if a proxy encrypts.`;
  return new SchedulerError('usage/unencrypted', message, { option: 'listen', value: text });
}
