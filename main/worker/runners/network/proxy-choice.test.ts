import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-choice.ts';

const through = (url: string, env: Record<string, string>, parameter?: string): string | null =>
  proxyFor(new URL(url), env, parameter)?.origin ?? null;

const both = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' };

describe('the proxy of the environment', () => {
  it.each([
    ['http://x.org/', {}, null],
    ['http://x.org/', both, 'http://a:1'],
    ['https://x.org/', both, 'http://b:2'],
    ['https://x.org/', { HTTP_PROXY: 'http://a:1' }, null],
    ['http://x.org/', { ...both, http_proxy: 'http://lower:3' }, 'http://lower:3'],
    ['https://x.org/', { https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
    ['https://x.org/', { https_proxy: '', HTTPS_PROXY: 'http://b:2' }, 'http://b:2'],
    ['http://localhost:3000/', both, null],
    ['http://app.localhost/', both, null],
    ['http://127.1.2.3/', both, null],
    ['http://[::1]/', both, null],
    ['http://localhost.example.org/', both, 'http://a:1'],
  ])('%s with %j: %s', (url, env, expected) => {
    expect(through(url, env)).toBe(expected);
  });

  it.each([
    ['*', true],
    ['example.org', true],
    ['.example.org', true],
    ['*.example.org', true],
    ['EXAMPLE.org', true],
    ['other.org example.org', true],
    ['other.org,api.example.org:8080', true],
    ['api.example.org:80', false],
    ['ample.org', false],
    ['api.example.org.', false],
    ['org', true],
    ['', false],
  ])('NO_PROXY=%s leaves out http://api.example.org:8080: %s', (list, excluded) => {
    expect(through('http://api.example.org:8080/', { ...both, NO_PROXY: list })).toBe(excluded ? null : 'http://a:1');
  });

  it.each([
    ['http://10.1.2.3/', '10.0.0.0/8', true],
    ['http://11.1.2.3/', '10.0.0.0/8', false],
    ['http://10.1.2.3/', '10.1.2.3', true],
    ['http://10.1.2.3/', '2.3', false],
    ['http://10.1.2.3/', '10.0.0.0/99', false],
    ['http://[fd00::7]/', 'fd00::/8', true],
    ['http://[fd00::7]:81/', '[fd00::7]:81', true],
    ['http://[fd00::7]/', 'fd00::7', true],
  ])('%s is left out by %s: %s', (url, list, excluded) => {
    expect(through(url, { ...both, no_proxy: list })).toBe(excluded ? null : 'http://a:1');
  });
});

describe('the parameter "proxy"', () => {
  it('wins over the environment, for every address', () => {
    expect(through('http://localhost/', { ...both, NO_PROXY: '*' }, 'http://own:9')).toBe('http://own:9');
    expect(through('http://x.org/', both, 'none')).toBeNull();
  });

  it('takes user name and password out of the address', () => {
    expect(proxyFor(new URL('http://x.org'), {}, 'http://b%40b:p%3Aw@own:9')).toEqual({
      origin: 'http://own:9',
      authorization: `Basic ${Buffer.from('b@b:p:w').toString('base64')}`,
      source: 'the parameter "proxy"',
    });
  });
});

it.each([
  ['socks5://b:pass@proxy:1080', 'has the kind "socks5:"'],
  ['http://', 'is not an address'],
])('refuses %s, without its password', (address, reason) => {
  const refused = () => proxyFor(new URL('https://x.org'), { HTTPS_PROXY: address });
  expect(refused).toThrow(`The proxy of HTTPS_PROXY ${reason}`);
  expect(refused).not.toThrow('pass@');
});
