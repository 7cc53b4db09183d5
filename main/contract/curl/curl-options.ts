/** What an option of curl does to the request, as far as this app can do it. */
export type CurlOption =
  | 'method'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'form'
  | 'form-string'
  | 'user'
  | 'agent'
  | 'referer'
  | 'cookie'
  | 'bearer'
  | 'range'
  | 'output'
  | 'proxy'
  | 'ca'
  | 'time'
  | 'retry'
  | 'url'
  /** Takes a value, and nothing replaces it here: said to the person. */
  | 'lost-value'
  /** Takes a value that only concerns curl's own output or waiting. */
  | 'ignored-value'
  | 'get'
  | 'head'
  | 'follow'
  | 'insecure'
  | 'remote-name'
  | 'lost'
  | 'ignored';

/** Options by long name, as in curl(1). An option that is not listed is said to the person. */
export const longOptions: Readonly<Record<string, CurlOption>> = {
  request: 'method',
  header: 'header',
  data: 'data',
  'data-ascii': 'data',
  'data-binary': 'data',
  'data-raw': 'data-raw',
  'data-urlencode': 'data-urlencode',
  json: 'json',
  form: 'form',
  'form-string': 'form-string',
  user: 'user',
  'user-agent': 'agent',
  referer: 'referer',
  cookie: 'cookie',
  'oauth2-bearer': 'bearer',
  range: 'range',
  output: 'output',
  proxy: 'proxy',
  cacert: 'ca',
  'max-time': 'time',
  retry: 'retry',
  url: 'url',
  get: 'get',
  head: 'head',
  location: 'follow',
  'location-trusted': 'follow',
  insecure: 'insecure',
  'remote-name': 'remote-name',
  ...named('lost-value', [
    'upload-file',
    'cookie-jar',
    'cert',
    'cert-type',
    'key',
    'key-type',
    'pass',
    'capath',
    'pinnedpubkey',
    'resolve',
    'connect-to',
    'unix-socket',
    'abstract-unix-socket',
    'interface',
    'local-port',
    'dns-servers',
    'proxy-user',
    'proxy-header',
    'socks4',
    'socks5',
    'socks5-hostname',
    'noproxy',
    'config',
    'url-query',
    'continue-at',
    'time-cond',
    'aws-sigv4',
    'variable',
    'output-dir',
  ]),
  ...named('ignored-value', [
    'write-out',
    'dump-header',
    'stderr',
    'trace',
    'trace-ascii',
    'connect-timeout',
    'retry-delay',
    'retry-max-time',
    'limit-rate',
    'speed-limit',
    'speed-time',
    'keepalive-time',
    'max-redirs',
    'max-filesize',
    'expect100-timeout',
    'ciphers',
    'tls-max',
    'tls13-ciphers',
    'rate',
  ]),
  ...named('lost', [
    'digest',
    'ntlm',
    'negotiate',
    'anyauth',
    'netrc',
    'netrc-optional',
    'parallel',
    'remote-header-name',
  ]),
  ...named('ignored', [
    'silent',
    'show-error',
    'include',
    'show-headers',
    'verbose',
    'progress-bar',
    'no-progress-meter',
    'no-buffer',
    'compressed',
    'fail',
    'fail-with-body',
    'fail-early',
    'http1.0',
    'http1.1',
    'http2',
    'http2-prior-knowledge',
    'http3',
    'ipv4',
    'ipv6',
    'tlsv1',
    'tlsv1.0',
    'tlsv1.1',
    'tlsv1.2',
    'tlsv1.3',
    'ssl-reqd',
    'globoff',
    'disable',
    'basic',
    'retry-all-errors',
    'retry-connrefused',
    'path-as-is',
    'create-dirs',
    'no-keepalive',
    'tcp-nodelay',
    'post301',
    'post302',
    'post303',
  ]),
};

/** The long names of the short options. */
export const shortOptions: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  r: 'range',
  o: 'output',
  x: 'proxy',
  m: 'max-time',
  G: 'get',
  I: 'head',
  L: 'location',
  k: 'insecure',
  O: 'remote-name',
  T: 'upload-file',
  c: 'cookie-jar',
  E: 'cert',
  K: 'config',
  U: 'proxy-user',
  C: 'continue-at',
  z: 'time-cond',
  J: 'remote-header-name',
  n: 'netrc',
  Z: 'parallel',
  w: 'write-out',
  D: 'dump-header',
  Y: 'speed-limit',
  y: 'speed-time',
  s: 'silent',
  S: 'show-error',
  i: 'include',
  v: 'verbose',
  '#': 'progress-bar',
  N: 'no-buffer',
  f: 'fail',
  '0': 'http1.0',
  '4': 'ipv4',
  '6': 'ipv6',
  g: 'globoff',
  q: 'disable',
};

function named(option: CurlOption, names: readonly string[]): Record<string, CurlOption> {
  return Object.fromEntries(names.map((name) => [name, option]));
}

/** Options that take no value. */
export const withoutValue: ReadonlySet<CurlOption> = new Set<CurlOption>([
  'get',
  'head',
  'follow',
  'insecure',
  'remote-name',
  'lost',
  'ignored',
]);
