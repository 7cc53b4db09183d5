import { expect, it } from 'vitest';
import { splitCredentials } from './credentials.ts';

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

it.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c', null],
  ['http://bob:hunter2@example.org/a?b=c', 'http://example.org/a?b=c', basic('bob:hunter2')],
  ['http://bob@example.org/', 'http://example.org/', basic('bob:')],
  ['http://:token@example.org/', 'http://example.org/', basic(':token')],
  ['http://b%40b:p%3Aw%20%C3%BC@example.org/', 'http://example.org/', basic('b@b:p:w ü')],
  ['http://bob:100%@example.org/', 'http://example.org/', basic('bob:100%')],
])('%s', (address, url, authorization) => {
  expect(splitCredentials(address)).toEqual({ url, authorization });
});
