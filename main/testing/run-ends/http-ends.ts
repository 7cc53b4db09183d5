import type { RequestListener } from 'node:http';
import { serveHttp, serveHttps } from '../http-servers/http-servers.ts';
import { failure, stoppedCases, success, type End, type EndCase, type Ends } from './end-case.ts';

/** Nothing listens there: port 2 is reserved for compressnet, and not among those that HTTP blocks. */
export const refused = 'http://127.0.0.1:2/';

const answers: Readonly<Record<string, RequestListener>> = {
  '/ok': (_request, response) => response.end('fine'),
  '/empty': (_request, response) => response.writeHead(204).end(),
  '/moved': (_request, response) => response.writeHead(301, { location: '/ok' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/nowhere': (_request, response) => response.writeHead(302, { location: refused }).end(),
  '/busy': (_request, response) => response.writeHead(503, { 'retry-after': '60' }).end('later'),
  '/closed': (request) => request.socket.destroy(),
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/garbage': (request) => request.socket.end('this is no HTTP\r\n\r\n'),
  '/bad-gzip': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
  '/hang': () => undefined,
  '/drip': (_request, response) => void response.writeHead(200).write('up\n'),
};
const httpServer: RequestListener = (request, response) => {
  const path = request.url ?? '';
  const status = /^\/status\/(\d+)$/.exec(path)?.[1];
  if (status !== undefined) return void response.writeHead(Number(status)).end(`it is ${status}`);
  answers[path]?.(request, response);
};

const request = (way: string, url: string, end: End, more: Record<string, unknown> = {}): EndCase => ({
  ...{ way, tool: 'http:request', parameters: { url, ...more }, end },
});
const noAnswer = (says: RegExp): End => failure('http/no-answer', says);

/** Returns how `http:request` ends. */
export async function httpEnds(): Promise<Ends> {
  const [origin, selfSigned, expired] = await Promise.all([
    serveHttp(httpServer),
    serveHttps(httpServer, 'self-signed'),
    serveHttps(httpServer, 'expired'),
  ]);
  const until = (way: string, url: string, up: RegExp) => ({
    ...{ way, tool: 'http:request', parameters: { url }, up },
  });
  return {
    always: [...ownEnds(origin), ...ofCertificates(selfSigned, expired)],
    sampled: stoppedCases([
      until('gets no answer', `${origin}/hang`, /GET/),
      until('gets a slow answer', `${origin}/drip`, / out up/),
    ]),
  };
}

const ownEnds = (origin: string): EndCase[] => [
  request('answers', `${origin}/ok`, success({ log: / out fine/ })),
  request('answers with nothing', `${origin}/empty`, success({ log: /204/ })),
  request('answers 201', `${origin}/status/201`, success()),
  request('is moved', `${origin}/moved`, success({ log: /301/ })),
  request('answers with an expected status', `${origin}/status/404`, success(), { expectStatus: 404 }),
  ...[400, 401, 403, 404, 409, 418, 429, 500, 502].map((status) =>
    request(`answers ${status}`, `${origin}/status/${status}`, failure('http/status', new RegExp(`${status}`))),
  ),
  request('is busy', `${origin}/busy`, failure('http/status', /503/, { log: / out later/ })),
  request('expects another status', `${origin}/ok`, failure('http/status', /expected 201/), { expectStatus: 201 }),
  request('redirects forever', `${origin}/loop`, failure('http/too-many-redirects', /20/)),
  request('loses its body', `${origin}/moved`, failure('http/redirect-changes-method', /GET/), {
    ...{ method: 'POST', body: { a: 1 } },
  }),
  request('redirects to nothing', `${origin}/nowhere`, noAnswer(/ECONNREFUSED/)),
  request('is refused', refused, noAnswer(/ECONNREFUSED/)),
  request('uses a blocked port', 'http://127.0.0.1:1/', noAnswer(/port 1 belongs to another protocol/)),
  request('has no such host', 'http://nonesuch.invalid/', noAnswer(/nonesuch\.invalid/)),
  request('closes the connection', `${origin}/closed`, noAnswer(/closed/)),
  request('breaks off', `${origin}/cut`, failure('http/broken-answer', /./, { log: / out half/ })),
  request('is no HTTP', `${origin}/garbage`, noAnswer(/HTTP/)),
  request('is badly compressed', `${origin}/bad-gzip`, failure('http/broken-answer', /./)),
  request('speaks no TLS', origin.replace('http', 'https'), noAnswer(/https|TLS/)),
  request('is no address', 'ftp://127.0.0.1/', failure('execution/bad-parameters', /url/)),
  request('has a body with GET', `${origin}/ok`, failure('execution/bad-parameters', /body/), { body: 'x' }),
];

const ofCertificates = (selfSigned: string, expired: string): EndCase[] => [
  request('is signed by itself', `${selfSigned}/ok`, noAnswer(/caFile|insecure/)),
  request('has an expired certificate', `${expired}/ok`, noAnswer(/expired/)),
  request('may be insecure', `${selfSigned}/ok`, success({ log: /not checked|insecure/i }), { insecure: true }),
];
