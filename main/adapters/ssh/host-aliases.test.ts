import { expect, it } from 'vitest';
import { aliasesIn, hostAliases } from './host-aliases.ts';

it('offers the names of hosts, in order and once', () => {
  const config = [
    '# Host commented',
    'Host web db  # two at once',
    '  HostName 10.0.0.1',
    'host=nas',
    'HOST "quoted" web',
    'Host *.example.org !bad web? -oProxyCommand=x *',
    'Match host other',
    'HostKeyAlias not-this',
  ].join('\n');
  expect(aliasesIn(config)).toEqual(['web', 'db', 'nas', 'quoted']);
});

it('offers nothing without the file', () => {
  expect(hostAliases('/nowhere')).toEqual([]);
});
