import { expect, it } from 'vitest';
import { certificateFile, serveHttps } from '../../testing/http-servers/http-servers.ts';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { openAlertChannels } from './alert-channels.ts';

it.each(['trusted', 'expired', 'wrong-host', 'self-signed'] as const)(
  'a webhook whose certificate does not hold (%s) gets nothing, and the answer says why',
  async (certificate) => {
    const heard: string[] = [];
    const url = await serveHttps((request, response) => {
      heard.push(request.url ?? '');
      response.end();
    }, certificate);
    // The authority of these tests is known, except for the first.
    const variables = certificate === 'trusted' ? {} : { NODE_EXTRA_CA_CERTS: certificateFile('ca') };
    const delivery = await openAlertChannels().send({ kind: 'webhook', url }, anAlertEvent(), variables);
    expect(delivery).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
    expect(delivery.answer).toMatch(/certificate/);
    expect(heard).toEqual([]);
  },
);

it('a webhook whose certificate is from an authority of the login shell gets the alert', async () => {
  const url = await serveHttps((_, response) => void response.end('ok'), 'trusted');
  const variables = { NODE_EXTRA_CA_CERTS: certificateFile('ca') };
  const delivery = await openAlertChannels().send({ kind: 'webhook', url }, anAlertEvent(), variables);
  expect(delivery).toMatchObject({ outcome: 'sent' });
});
