import fc from 'fast-check';
import { ipcCalls } from '../../contract/ipc.ts';

const calls = Object.keys(ipcCalls).map((name) => `/call/${name}`);
// Signing out would leave only requests without a session.
const paths = fc.oneof(
  fc.constantFrom(...calls),
  fc.constantFrom('/', '/events?window=window-01', '/session', '/sign-in', '/mcp', '/metrics', '/call/'),
  fc.constantFrom('/../../etc/passwd', '/..%2f..%2fetc/passwd', '/%00', '//', '/downloads/../../x', '*', '', '/%E0%A4'),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => `/${text}`),
  fc.webPath(),
);
const methods = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('GET', 'POST') },
  fc.constantFrom('HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'get', ''),
  fc.string({ maxLength: 8 }),
);
const values = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '99999999999999999999',
    'chunked',
    'gzip, chunked',
    'close',
    'upgrade',
    '100-continue',
  ),
  fc.constantFrom('application/json', 'text/plain', 'null', 'https://evil.example', 'Bearer x', 'websocket', 'h2c'),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.integer({ min: 1, max: 20_000 }).map((length) => 'x'.repeat(length)),
);
const names = fc.oneof(
  fc.constantFrom('Content-Length', 'Transfer-Encoding', 'Content-Type', 'Expect', 'Upgrade', 'Connection', 'Host'),
  fc.constantFrom('Cookie', 'Origin', 'Sec-Fetch-Site', 'X-Window', 'Authorization', 'X-Forwarded-For', '__proto__'),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
);
const bodies = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '{"token":"ncp_x"}',
    '[',
    '{"__proto__":{"a":1}}',
    '0\r\n\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    'ff\r\nx',
  ),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const lineEnds = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n ');

/** What a browser that is signed in sends, so that a request gets past the first checks. */
interface Door {
  readonly host: string;
  readonly origin: string;
  readonly cookie: string;
}

/** Requests of every kind, as text: whole and broken ones, some of them under the right name and with a session. */
export function hostileRequests({ host, origin, cookie }: Door): fc.Arbitrary<string> {
  const right = [`Host: ${host}`, `Origin: ${origin}`, 'X-Window: window-01', 'Content-Type: application/json'];
  const known = fc.subarray([...right, `Cookie: ${cookie}`]);
  const own = fc.oneof({ weight: 2, arbitrary: fc.constant([...right, `Cookie: ${cookie}`]) }, known);
  const more = fc.array(fc.tuple(names, values), { maxLength: 4 });
  const parts = fc.record({
    method: methods,
    path: paths,
    own,
    more,
    body: bodies,
    end: lineEnds,
    counts: fc.boolean(),
  });
  return parts.map(({ method, path, own: lines, more: others, body, end, counts }) => {
    const length = counts ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
    const header = [`${method} ${path} HTTP/1.1`, ...lines, ...others.map((pair) => pair.join(': ')), ...length];
    return `${header.join(end)}${end}${end}${body}`;
  });
}
