import { BlockList, isIP } from 'node:net';
import { SchedulerError } from '../../../domain/errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The proxy for one address. */
export interface ProxyChoice {
  /** The proxy's address, without user name and password. */
  readonly origin: string;
  /** Value of the header Proxy-Authorization; null if the address has no user name. */
  readonly authorization: string | null;
  /** Where it was set: the parameter "proxy", or a variable. */
  readonly source: string;
}

/**
 * Returns the proxy through which a URL is requested, or null for none. The parameter counts for every address; `none`
 * turns the variables off. Otherwise the variables count as in curl (`https_proxy` or `HTTPS_PROXY`, `http_proxy` or
 * `HTTP_PROXY`; the lower case wins), except for the names and addresses in `no_proxy` or `NO_PROXY`, and, as in Go and
 * in browsers, for this machine itself.
 * @throws SchedulerError `execution/bad-proxy`
 */
export function proxyFor(url: URL, env: Variables, parameter?: string): ProxyChoice | null {
  if (parameter === 'none') return null;
  if (parameter !== undefined) return choiceOf(parameter, 'the parameter "proxy"');
  const upper = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const name = [upper.toLowerCase(), upper].find((candidate) => (env[candidate] ?? '') !== '');
  if (name === undefined || isThisMachine(hostOf(url))) return null;
  if (isExcluded(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return null;
  return choiceOf(env[name] ?? '', name);
}

function choiceOf(text: string, source: string): ProxyChoice {
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    const kind = url === null ? 'is not an address' : `has the kind "${url.protocol}", which is not supported`;
    const message = `The proxy of ${source} ${kind}. It must be an address such as http://proxy.example.org:3128.`;
    throw new SchedulerError('execution/bad-proxy', message, { source });
  }
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  const authorization = pair === ':' ? null : `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
  return { origin: url.origin, authorization, source };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the host without the brackets of IPv6 and without a final dot. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || contains(loopback, host);

function isExcluded(url: URL, list: string): boolean {
  const entries = list.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => entry !== '' && (entry === '*' || matches(url, entry)));
}

/** An entry is a name, which includes the names below it, an address, or a network (`10.0.0.0/8`); with or without port. */
function matches(url: URL, entry: string): boolean {
  const host = hostOf(url);
  if (entry.includes('/')) return isInNetwork(host, entry);
  if (isIP(entry) === 6) return host === entry;
  const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  const defaultPort = url.protocol === 'https:' ? '443' : '80';
  if (port !== undefined && port !== (url.port || defaultPort)) return false;
  const suffix = name.replace(/^\*?\./, '');
  return host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`));
}

function isInNetwork(host: string, entry: string): boolean {
  const [address = '', bits = ''] = entry.split('/');
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  if (family === 0 || !/^\d+$/.test(bits) || Number(bits) > most) return false;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return contains(network, host);
}

function contains(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
