import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { createSecureContext } from 'node:tls';
import type { AgentHttp } from '../application/agent-side.ts';
import { once } from '../application/once.ts';
import type { WebOptions, WebServer, WebSide } from '../application/web-side.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import { Connections } from './connections.ts';
import { holderOf, namingHolder, takenBy } from './address/address-holder.ts';
import { isLoopback, listenAddress, type ListenAddress } from './address/listen-address.ts';
import { readPages } from './pages.ts';
import { Sessions } from './sessions.ts';
import { webApp } from './web-app.ts';
import { BoundedServer, type Tls } from './web-server.ts';
import { WebWindows } from './web-windows.ts';

/** So many that no person notices, and so few that a flood cannot use up the files that runs need. */
const mostConnections = 256;

/** @param pagesDir folder of the built window */
export function webSide(pagesDir: string): Pick<WebSide, 'create'> {
  return { create: (options) => createServer(pagesDir, options) };
}

async function createServer(pagesDir: string, options: WebOptions): Promise<WebServer> {
  const { application, report } = options;
  const tls = readTls(options);
  const proxy = proxyAddress(options.behindProxy);
  const address = listenAddress(options.listen, { tls: tls !== null, proxy: proxy !== null });
  const tokens = await application.webTokens();
  const newToken = (): string => `ncp_${randomBytes(32).toString('base64url')}`;
  const sessions = new Sessions({ clock: application.clock, tokens, idleMs: options.idleMs, newToken });
  const logger = { info: report, warn: report, error: report };
  const pages = readPages(pagesDir);
  const windows = new WebWindows({ application, sessions, logger });
  const addresses = { certificate: tls === null ? null : new X509Certificate(tls.cert), proxy };
  const cookieName = `ncp-session-${cookieSuffix(application.dataDir)}`;
  let agentHttp: AgentHttp | null = null;
  const onProblem = ({ message }: Error): void => report('A call of an agent failed', { problem: message });
  const agents = once(async () => {
    agentHttp = await options.agents({ application, version: application.version, onProblem });
    return agentHttp;
  });
  const connections = new Connections(mostConnections);
  const app = webApp({ application, sessions, windows, pages, addresses, cookieName, report, agents, connections });
  const server = new BoundedServer((request, env) => app.fetch(request, env), tls, connections);
  let origin: string | null = null;
  return {
    listener: await windows.listener(),
    listen: async () => {
      const port = await server.listen(address).catch(async (problem: unknown) => {
        throw await namingHolder(problem, application, address, tls !== null);
      });
      if ('port' in address && address.orAnyPort && port !== address.port) {
        const holder = await holderOf(application, address, tls !== null);
        report(`${takenBy(address, holder)} This window has port ${port ?? ''}, and --listen chooses another.`);
      }
      const shown = shownOrigin(address, port, { tls, proxy });
      origin = port === null ? null : shown;
      return `${shown}/#token=${sessions.issueStartToken()}`;
    },
    origin: () => origin,
    close: async () => {
      await windows.stop();
      await agentHttp?.close();
      await server.close();
    },
  };
}

/** Stable, so that a restart leaves no cookies behind. */
function cookieSuffix(dataDir: string): string {
  return createHash('sha256').update(`${hostname()} ${dataDir}`).digest('hex').slice(0, 12);
}

function shownOrigin(
  address: ListenAddress,
  port: number | null,
  { tls, proxy }: { readonly tls: Tls | null; readonly proxy: URL | null },
): string {
  if (proxy !== null) return proxy.origin;
  const scheme = tls === null ? 'http' : 'https';
  if ('path' in address) return `${scheme}://localhost:7377`;
  const host = ['0.0.0.0', '::'].includes(address.host) ? hostname() : address.host;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port ?? address.port}`;
}

function readTls({ tlsCert, tlsKey }: WebOptions): Tls | null {
  if (tlsCert === undefined && tlsKey === undefined) return null;
  if (tlsCert === undefined || tlsKey === undefined) {
    const missing = tlsCert === undefined ? '--tls-cert' : '--tls-key';
    throw new SchedulerError('usage/missing-option', `Give --tls-cert and --tls-key together: ${missing} is missing.`);
  }
  const tls = { cert: readPem(tlsCert, '--tls-cert'), key: readPem(tlsKey, '--tls-key') };
  try {
    new X509Certificate(tls.cert);
  } catch (error) {
    const message = `--tls-cert ${tlsCert} is not a certificate in PEM: ${messageOf(error)}.`;
    throw new SchedulerError('usage/invalid-value', message, { option: 'tls-cert' }, error);
  }
  try {
    createSecureContext(tls);
  } catch (error) {
    const message = `--tls-key ${tlsKey} is not the unencrypted key, in PEM, of the certificate in ${tlsCert}: ${messageOf(error)}.`;
    throw new SchedulerError('usage/invalid-value', message, { option: 'tls-key' }, error);
  }
  return tls;
}

const largestPemBytes = 1024 * 1024;

function readPem(path: string, option: string): Buffer {
  try {
    const found = statSync(path);
    // A pipe would block the process, and a device can answer without end.
    if (!found.isFile()) throw new Error('it is not a file');
    if (found.size > largestPemBytes) throw new Error('it is larger than 1 MiB');
    return readFileSync(path);
  } catch (error) {
    const message = `${option} ${path} cannot be read: ${messageOf(error)}.`;
    throw new SchedulerError('usage/unreadable-file', message, { path }, error);
  }
}

function proxyAddress(text: string | undefined): URL | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isEncrypted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  const isPlain = url !== null && isEncrypted && url.pathname === '/' && url.search === '';
  if (isPlain && url.hash === '' && url.username === '') return url;
  const message = `--behind-proxy must be the address at which people reach the proxy, such as https://scheduler.example.org: with https, unless it is this machine, and without a path. "${text}" is not.`;
  throw new SchedulerError('usage/invalid-value', message, { option: 'behind-proxy', value: text });
}
