import { expect, it, onTestFinished } from 'vitest';
import type { Channel } from '../contract/alerts/channels.ts';
import { connectClient } from '../testing/mcp-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';

const channels: Readonly<Record<string, Channel>> = {
  ops: {
    kind: 'webhook',
    template: 'slack',
    url: 'https://hooks.example.org/private-1',
    headers: { 'X-Key': 'private-2' },
  },
  mail: {
    kind: 'email',
    host: 'private-3.example.org',
    from: 'private-4@x.org',
    to: ['private-5@x.org'],
    enabled: false,
  },
  own: { kind: 'command', command: ['notify', '--key', 'private-6'] },
};

it('an agent sees which channels work and what was sent, but nothing that leads to a receiver', async () => {
  const application = memoryApplication('2026-11-23T09:00:00.000Z');
  onTestFinished(() => application.dispose());
  const alerts = await application.alerts();
  for (const [name, channel] of Object.entries(channels)) await alerts.setChannel(name, channel, 'cli');
  await (
    await application.tasks()
  ).create({ name: 'Backup', schedule: '0 9 * * *', tool: 'shell:run', parameters: { command: 'exit 3' } }, 'test');
  application.clock.advance(24 * 3_600_000);
  await (await application.runs()).fire('daily-9am', '2026-11-24T09:00:00.000Z');
  application.outside.alerts.answer = () => ({ outcome: 'failed', answer: 'It answered 404.', mayHaveArrived: false });
  await alerts.sendBeforeEnd();

  const { client, close } = await connectClient(application, { permission: 'allow', readOnly: true });
  onTestFinished(close);
  const [content] = (await client.readResource({ uri: 'schedule://alerts' })).contents;
  const text = content !== undefined && 'text' in content ? content.text : '';
  expect(JSON.parse(text)).toMatchObject({
    channels: [
      { name: 'mail', kind: 'email', enabled: false },
      { name: 'ops', kind: 'webhook', template: 'slack', enabled: true, waiting: 1, problem: 'It answered 404.' },
      { name: 'own', kind: 'command', waiting: 1 },
    ],
    rules: [{ channels: ['ops'] }, { channels: ['mail'] }, { channels: ['own'] }],
    latest: [{ title: 'Backup failed' }, { title: 'Backup failed' }],
  });
  expect(text).not.toMatch(/private-\d|secret:/);
});
