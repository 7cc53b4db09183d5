import { expect, test } from 'vitest';
import type { Channel } from '../../../../main/contract/alerts/channels.ts';
import type { AlertsAnswer } from '../../../../main/contract/alerts/outbox.ts';
import { failedChannels } from './failed-channels.ts';

const state = (name: string, problem: string | null) => ({ name, waiting: 1, dropped: 0, lastSentAt: null, problem });

test('a channel has failed if an alert could not be sent to it and it is not switched off', () => {
  const channel: Channel = { kind: 'command', command: ['true'] };
  const answer: AlertsAnswer = {
    alerts: {
      channels: { works: channel, fails: channel, off: { ...channel, enabled: false } },
      rules: [],
      overrides: {},
    },
    states: [state('works', null), state('fails', 'It said: 503'), state('off', 'It said: 503')],
  };
  expect(failedChannels(answer).map(({ name, problem }) => [name, problem])).toEqual([['fails', 'It said: 503']]);
  expect(failedChannels(null)).toEqual([]);
});
