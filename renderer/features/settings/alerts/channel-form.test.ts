import { describe, expect, it } from 'vitest';
import type { Channel } from '../../../../main/contract/alerts/channels.ts';
import { readChannel, shownFields, valuesOf } from './channel-form.ts';

const channels: readonly Channel[] = [
  {
    kind: 'webhook',
    url: 'https://example.org/hook',
    headers: { 'X-Team': 'ops', Accept: 'a: b' },
    method: 'PUT',
    signingKey: 'k',
  },
  { kind: 'webhook', url: '${secret:ALERT_chat_URL}', template: 'telegram', token: '${secret:T}', chatId: '-42' },
  { kind: 'healthchecks', url: 'https://hc-ping.com/1', service: 'uptime-kuma' },
  {
    kind: 'email',
    host: 'mail.example.org',
    port: 465,
    security: 'tls',
    caFile: '/etc/ssl/my-ca.pem',
    user: 'me',
    password: 'p',
    from: 'a@b.c',
    to: ['d@e.f', 'g@h.i'],
  },
  { kind: 'command', command: ['/usr/bin/apprise', '-t', 'two words'] },
  { kind: 'desktop' },
];

describe('the form of a channel', () => {
  it.each(channels)('shows and reads back $kind', (channel) => {
    expect(readChannel(channel.kind, valuesOf(channel), null)).toEqual({ channel });
  });

  it('keeps fields that it does not show', () => {
    const present: Channel = { kind: 'command', command: ['true'], enabled: false, later: 1 };
    expect(readChannel('command', { command: 'false' }, present)).toEqual({
      channel: { ...present, command: ['false'] },
    });
  });

  it('drops what another service does not need', () => {
    const [, telegram] = channels;
    const values = { ...valuesOf(telegram as Channel), template: 'slack', url: 'https://hooks.slack.com/1' };
    expect(readChannel('webhook', values, null)).toEqual({
      channel: { kind: 'webhook', template: 'slack', url: 'https://hooks.slack.com/1' },
    });
    expect(shownFields('webhook', values).map(({ name }) => name)).toEqual(['template', 'url', 'headers']);
  });

  it.each([
    ['webhook', {}, { url: 'This field is required.' }],
    ['webhook', { url: 'ftp://example.org' }, { url: expect.stringContaining('https://') as string }],
    ['webhook', { url: 'https://example.org', headers: 'no colon' }, { headers: 'Write each header as Name: value.' }],
    ['webhook', { url: 'https://example.org', headers: 'word' }, { headers: 'Write each header as Name: value.' }],
    ['email', { host: 'h', from: 'a@b', to: 'c@d', port: '70000' }, { port: 'Enter a number from 1 to 65535.' }],
    ['email', { host: 'h', from: 'a@b', to: ' , ' }, { to: expect.any(String) as string }],
    ['command', { command: ' \n ' }, { command: 'This field is required.' }],
  ] as const)('names the field that is wrong: %s %j', (kind, values, errors) => {
    expect(readChannel(kind, values, null)).toEqual({ errors });
  });
});
