import { describe, expect, test } from 'vitest';
import { readCurl } from './read-curl.ts';

const get = (url: string, more: object = {}) => ({ request: { url, ...more }, policies: {}, lost: [] });
const post = (body: string, more: object = {}) =>
  get('https://a.test/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
    ...more,
  });

describe('what people write', () => {
  test.each([
    ['curl https://a.test/health', get('https://a.test/health')],
    ['curl -fsSL https://a.test/', get('https://a.test/')],
    ['$ /usr/bin/curl --silent a.test/x', get('http://a.test/x')],
    ['curl -fsS https://a.test/ >/dev/null 2>&1', get('https://a.test/')],
    ['curl -o /dev/null https://a.test/;', get('https://a.test/')],
    ['curl -XDELETE https://a.test/', get('https://a.test/', { method: 'DELETE' })],
    ['curl -I https://a.test/', get('https://a.test/', { method: 'HEAD' })],
    ['curl -sk https://a.test/', get('https://a.test/', { insecure: true })],
    [
      'curl -H "X-A: b; c" -H "X-Empty;" -H "Accept:" https://a.test/',
      get('https://a.test/', { headers: { 'X-A': 'b; c', 'X-Empty': '' } }),
    ],
    [
      'curl -A me/1 -e https://r.test/ -b a=1 --oauth2-bearer t https://a.test/',
      get('https://a.test/', {
        headers: { 'User-Agent': 'me/1', Referer: 'https://r.test/', Cookie: 'a=1', Authorization: 'Bearer t' },
      }),
    ],
    [
      'curl -H "Authorization: Bearer ${secret:TOKEN}" https://a.test/',
      get('https://a.test/', { headers: { Authorization: 'Bearer ${secret:TOKEN}' } }),
    ],
    ['curl -u "me:${secret:PW}" https://a.test/', get('https://me:${secret:PW}@a.test/')],
    [
      'curl -o /tmp/out.json -x proxy.test:3128 --cacert /c.pem https://a.test/',
      get('https://a.test/', { saveTo: '/tmp/out.json', proxy: 'http://proxy.test:3128', caFile: '/c.pem' }),
    ],
    [
      'curl -G -d a=1 --data-urlencode "q=x y&z" "https://a.test/?s=1#top"',
      get('https://a.test/?s=1&a=1&q=x%20y%26z#top'),
    ],
    ['curl -r 0-99 https://a.test/', get('https://a.test/', { headers: { Range: 'bytes=0-99' } })],
  ])('%s', (command, expected) => expect(readCurl(command)).toEqual(expected));

  test('a time limit and retries become policies', () =>
    expect(readCurl('curl -m 2.5 --retry 3 --retry-delay 5 https://a.test/')).toEqual({
      request: { url: 'https://a.test/' },
      policies: { timeoutMs: 2500, retries: { count: 3 } },
      lost: [],
    }));
});

describe('bodies', () => {
  test.each([
    ["curl -d 'a=1' --data b=2 https://a.test/", post('a=1&b=2')],
    ['curl --data-raw @x https://a.test/', post('@x')],
    ["curl -L -d 'a' https://a.test/", post('a', { redirect: 'follow-as-get' })],
    [
      `curl --json '{"a":' --json '1}' https://a.test/`,
      post('{"a":1}', { headers: { Accept: 'application/json', 'Content-Type': 'application/json' } }),
    ],
    [
      `curl -X PUT -H 'content-type: text/plain' --data-binary $'it\\'s\\n\\u00e9 \\x41' https://a.test/`,
      get('https://a.test/', { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: "it's\né A" }),
    ],
  ])('%s', (command, expected) => expect(readCurl(command)).toEqual(expected));

  test('text fields of a form become a multipart body', () => {
    const body =
      '--ncp-scheduler-form\r\nContent-Disposition: form-data; name="a"\r\n\r\n1 2\r\n' +
      '--ncp-scheduler-form\r\nContent-Disposition: form-data; name="b"\r\n\r\n@x\r\n--ncp-scheduler-form--\r\n';
    expect(readCurl("curl -F 'a=1 2' --form-string b=@x https://a.test/")).toEqual(
      post(body, { headers: { 'Content-Type': 'multipart/form-data; boundary=ncp-scheduler-form' } }),
    );
  });
});

describe('what browsers copy', () => {
  const expected = get('https://a.test/api?x=1', {
    method: 'POST',
    headers: { accept: '*/*', 'content-type': 'application/json', Cookie: 'sid=abc' },
    body: '{"a":"it\'s ^ 100%"}',
  });
  const bash = String.raw`curl 'https://a.test/api?x=1' \
  -H 'accept: */*' \
  -H 'accept-encoding: gzip, br' \
  -H 'content-type: application/json' \
  -b 'sid=abc' \
  --data-raw $'{"a":"it\'s ^ 100%"}' \
  --compressed`;
  const cmd = String.raw`curl ^"https://a.test/api?x=1^" ^
  -H ^"accept: */*^" ^
  -H ^"content-type: application/json^" ^
  -b ^"sid=abc^" ^
  --data-raw ^"^{^\^"a^\^":^\^"it's ^^ 100^%^\^"^}^"`;
  const olderCmd = String.raw`curl "https://a.test/api?x=1" ^
  -H "accept: */*" ^
  -H "content-type: application/json" ^
  -H "Cookie: sid=abc" ^
  --data-raw "{\"a\":\"it's ^ 100%\"}"`;

  test.each([
    ['bash', bash],
    ['cmd', cmd],
    ['the older cmd', olderCmd],
  ])('for %s', (_, command) => expect(readCurl(command)).toEqual(expected));

  test.each([
    ['bash', bash],
    ['cmd', cmd],
  ])('for %s, pasted into a field of one line', (_, command) =>
    expect(readCurl(command.replaceAll('\n', ' '))).toEqual(expected),
  );
});

test.each([
  ['curl -d @body.json https://a.test/', /-d: the file body\.json is not read/],
  ['curl -F "f=@a.png" -F a=1 https://a.test/', /-F f: the file a\.png is not read/],
  ['curl -X GET -d a https://a.test/', /body was left out: GET/],
  ['curl https://a.test/ https://b.test/', /Only the first address/],
  ['curl -u me:pw https://a.test/', /password is in the address/],
  ['curl --cert c.pem https://a.test/', /--cert c\.pem was left out/],
  ['curl --brand-new https://a.test/', /--brand-new is not known/],
  ['curl -O https://a.test/x', /-O was left out/],
  ['curl -b jar.txt https://a.test/', /cookies of the file jar\.txt/],
  ['curl -x socks5://p.test https://a.test/', /proxy socks5:\/\/p\.test was left out/],
  ['curl -H "Host: b.test" https://a.test/', /Host was left out/],
  ['curl -H "Authorization: Bearer $TOKEN" https://a.test/', /no shell replaces the variable/],
  ['curl https://a.test/$(date +%F)', /has .*\( in it/],
])('says what is lost: %s', (command, expected) => {
  const reading = readCurl(command);
  expect(reading.request === null ? [reading.problem] : reading.lost).toEqual([expect.stringMatching(expected)]);
});

test.each([
  ['', /must begin with curl/],
  ['wget https://a.test/', /must begin with curl/],
  ['curl', /no address/],
  ['curl -s', /no address/],
  ['curl ftp://a.test/', /begins with http/],
  ['curl https://a.test/ | jq .', /has \| in it/],
  ['curl https://a.test/ && echo done', /has && in it/],
  ['curl https://a.test/ > out.txt', /has > in it/],
  ['curl https://a.test/\ncurl https://b.test/', /a second line/],
  ["curl 'https://a.test/", /quote ' at character 6 is not closed/],
  ['curl ^"https://a.test/', /quote/],
])('is no request: %s', (command, problem) => {
  const reading = readCurl(command);
  expect(reading.request).toBeNull();
  expect('problem' in reading && reading.problem).toMatch(problem);
});
