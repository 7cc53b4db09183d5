import { expect, it } from 'vitest';
import { networkReason } from './network-reason.ts';

const failed = (code: string, message: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
const reason = (url: string, error: unknown): string => networkReason(error, { url, proxy: null, trust: 'TRUST IT' });
/** As OpenSSL writes it, and as BoringSSL of Electron does. */
const wrongVersion = [
  '80FC6D2B937F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl3_record.c:354:\n',
  '4020652:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:../../third_party/tls_record.cc:242:',
];

it.each(wrongVersion)('explains https to a port of http: %j', (message) => {
  const text = reason('https://example.org:80/', failed('EPROTO', message));
  expect(text).toContain('example.org:80 does not answer with TLS');
  expect(text).not.toMatch(/routines|\n/);
});

it('explains a port to which HTTP requests are blocked', () => {
  expect(reason('http://example.org:6667/', failed('', 'bad port'))).toContain('port 6667 belongs to another protocol');
});

it('explains http to a port that does not answer with HTTP', () => {
  const text = reason('http://example.org:443/', failed('HPE_INVALID_CONSTANT', 'Expected HTTP/'));
  expect(text).toContain('if it is https, begin the address with https://');
});

it.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'not trusted here'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority of the server'],
])('says how to trust a certificate: %s', (code, words) => {
  const text = reason('https://example.org/', failed(code, 'certificate'));
  for (const part of [words, code, 'TRUST IT']) expect(text).toContain(part);
});

it('keeps the words of an error that it does not know, and its code', () => {
  expect(reason('http://example.org/', failed('EODD', 'something odd'))).toBe('something odd (EODD)');
  expect(reason('http://example.org/', new Error('plain'))).toBe('plain');
});
