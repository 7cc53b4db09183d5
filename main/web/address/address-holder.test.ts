import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../ports/control.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import { WebFixture } from '../testing/web-fixture.ts';

/** A primary in another process that says this of itself. */
const primaryWith = (primary: ControlClient['primary']): ControlClient => ({
  ...{ primary, lost: false, close: () => undefined },
  call: <M>(method: M) =>
    method === 'ping' ? (Promise.resolve(primary) as Promise<never>) : Promise.reject(new Error('not called')),
});

it.each(['not JSON', '{"error":{"code":"other"}}', 'x'.repeat(20_000)])(
  'an address whose server answers %.30s is in use by another program',
  async (answer) => {
    const other = createServer((_, response) => response.end(answer));
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    await expect(WebFixture.start({ listen: taken })).rejects.toMatchObject({
      message: `${taken} is in use by another program. Choose another address with --listen.`,
    });
  },
);

it('an address at which the primary of this data directory shows the window is named with its process', async () => {
  const web = await WebFixture.start();
  const taken = new URL(web.origin).host;
  const application = memoryApplication();
  onTestFinished(() => application.dispose());
  application.outside.setPrimary(primaryWith({ pid: 4711, version: '2.0.0', face: 'serve', web: web.origin }));
  await expect(WebFixture.start({ listen: taken, application })).rejects.toMatchObject({
    code: 'web/address-in-use',
    message: `\`serve\` in process 4711 already shows this window on ${taken}: \`ncp-scheduler web create-token --name NAME\` creates a token that signs in there. Choose another address with --listen.`,
  });
});
