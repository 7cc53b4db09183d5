import { messageOf } from '../../../domain/errors.ts';
import type { ProxyChoice } from './proxy-choice.ts';

interface Circumstances {
  /** The address that was requested. */
  readonly url: string;
  readonly proxy: ProxyChoice | null;
  /** What a person can do to trust a server, as the end of a sentence: `set "caFile" to a file with it`. */
  readonly trust: string;
}

/**
 * Returns why a request failed and what to do about it, as the rest of a sentence. The error of `fetch` says only "fetch
 * failed"; its cause has a code of the system, of OpenSSL or of undici.
 */
export function networkReason(error: unknown, circumstances: Circumstances): string {
  const { proxy } = circumstances;
  const cause = causeOf(error);
  if (proxy === null) return directReason(cause, circumstances);
  return `through the proxy ${proxy.origin} (${proxy.source}): ${proxyReason(cause, circumstances)}`;
}

interface Cause {
  readonly code: string;
  readonly message: string;
}

function causeOf(error: unknown): Cause {
  let cause = error as { code?: unknown; message?: unknown; cause?: unknown };
  while (typeof cause.cause === 'object' && cause.cause !== null) cause = cause.cause;
  const { code, message } = cause;
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' && message !== '' ? message : messageOf(error),
  };
}

function proxyReason(cause: Cause, circumstances: Circumstances): string {
  const status = /Proxy response \((\d+)\)|\((407)\)/.exec(cause.message);
  const code = status?.[1] ?? status?.[2];
  if (code === '407')
    return 'the proxy wants a user name and password (407). Write them into its address: http://user:password@host:port.';
  if (code !== undefined) return `the proxy refused to connect to ${new URL(circumstances.url).host} (${code}).`;
  if (cause.code === 'ECONNREFUSED')
    return 'the proxy refused the connection (ECONNREFUSED). Check its address and that it is running.';
  if (cause.code === 'ENOTFOUND') return 'the host name of the proxy was not found (ENOTFOUND). Check its spelling.';
  return directReason(cause, circumstances);
}

const directReason = (cause: Cause, circumstances: Circumstances): string =>
  blockedPortReason(cause, circumstances) ??
  certificateReason(cause.code, circumstances) ??
  protocolReason(`${cause.message} ${cause.code}`, circumstances) ??
  systemReason(cause);

/** https://fetch.spec.whatwg.org/#port-blocking */
function blockedPortReason({ message }: Cause, { url }: Circumstances): string | null {
  if (message !== 'bad port') return null;
  return `port ${new URL(url).port} belongs to another protocol, so HTTP requests to it are blocked, as in a browser. Use another port, or shell:run with curl.`;
}

/** Reasons of OpenSSL's verification (X509_verify_cert_error_string) and of Node's check of the name. */
function certificateReason(code: string, { url, trust }: Circumstances): string | null {
  const { hostname } = new URL(url);
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `the server's certificate is self-signed (${code}). If you know this server, ${trust}.`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `the server's certificate comes from an authority that is not trusted here (${code}), such as the authority of a company or of a proxy that inspects the traffic. If you trust it, ${trust}.`;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `the authority of the server's certificate is unknown, or the server does not send the certificates between (${code}). Correct the server, or ${trust}.`;
    case 'CERT_HAS_EXPIRED':
      return `the server's certificate has expired (${code}). Renew it on the server, and check the clock of this machine.`;
    case 'CERT_NOT_YET_VALID':
      return `the server's certificate is not valid yet (${code}). Check the clock of this machine.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the server's certificate is for another host than ${hostname} (${code}). Use a host name that the certificate lists.`;
    default:
      return null;
  }
}

function protocolReason(text: string, { url }: Circumstances): string | null {
  const { protocol, host } = new URL(url);
  if (protocol === 'https:' && /wrong[_ ]version[_ ]number|packet length too long|http[_ ]request/i.test(text))
    return `${host} does not answer with TLS, so it is probably plain http. Check the port, or begin the address with http://.`;
  if (protocol === 'http:' && /HPE_INVALID|Expected HTTP/.test(text))
    return `${host} does not answer with HTTP. Check the port; if it is https, begin the address with https://.`;
  if (/alert (protocol version|handshake failure)|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE/i.test(text))
    return `${host} and this program have no version or cipher of TLS in common. The server is probably outdated: it needs TLS 1.2 or newer.`;
  return null;
}

const system: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'the connection was refused (ECONNREFUSED). Check that the server is running and that the port is correct.',
  ENOTFOUND: 'the host name was not found (ENOTFOUND). Check its spelling and the network.',
  EAI_AGAIN: 'the host name could not be looked up (EAI_AGAIN). Check the network.',
  ECONNRESET: 'the server closed the connection (ECONNRESET).',
  UND_ERR_SOCKET: 'the server closed the connection before it answered completely (UND_ERR_SOCKET).',
  UND_ERR_CONNECT_TIMEOUT:
    'the server did not accept the connection within ten seconds. Check the address and firewalls.',
  UND_ERR_HEADERS_TIMEOUT: 'the server sent nothing for five minutes.',
  UND_ERR_BODY_TIMEOUT: 'the server stopped sending for five minutes.',
};

const systemReason = ({ code, message }: Cause): string =>
  system[code] ?? (code === '' || message.includes(code) ? message : `${message} (${code})`);
