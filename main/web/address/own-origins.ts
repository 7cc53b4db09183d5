import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { isLoopback } from './listen-address.ts';

export interface OwnAddresses {
  /** The certificate, if the server encrypts by itself. */
  readonly certificate: X509Certificate | null;
  /** The address at which people reach the proxy in front of the server. */
  readonly proxy: URL | null;
}

/**
 * Returns the origins that a page of this server can have, for a request with this Host header; null if the server has
 * no such name. A page of another site can make a browser send requests here under a name of its own (DNS rebinding), but
 * that name is never one of loopback, of the certificate or of the proxy. Every port of loopback is right: an SSH
 * tunnel has its own.
 */
export function ownOrigins(host: string | undefined, { certificate, proxy }: OwnAddresses): readonly string[] | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host ?? '') ?? [];
  if (host === undefined || name === undefined) return null;
  const bare = name.replace(/^\[|\]$/g, '').toLowerCase();
  const scheme = certificate === null ? 'http' : 'https';
  const isOfProxy = proxy !== null && proxy.host === host.toLowerCase();
  // A proxy on this machine may pass on its own Host header or that of the server.
  if (isOfProxy) return [proxy.origin];
  const own = `${scheme}://${host.toLowerCase()}`;
  if (isLoopback(bare)) return proxy === null ? [own] : [own, proxy.origin];
  if (certificate === null) return null;
  const isOfCertificate = (isIP(bare) === 0 ? certificate.checkHost(bare) : certificate.checkIP(bare)) !== undefined;
  return isOfCertificate ? [own] : null;
}
