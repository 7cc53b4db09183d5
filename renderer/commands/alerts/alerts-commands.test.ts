import { describe, expect, it } from 'vitest';
import { connect, settle, withFakeTime } from '../../testing/connected-window.ts';

withFakeTime();

const hook = { kind: 'webhook', url: 'https://example.org/hook' } as const;

describe('the alerts of the window', () => {
  it('adds a channel with a rule of its own, keeps its address as a secret, and removes both', async () => {
    const { commands, stores } = await connect('typical');
    await settle();
    expect(await commands.alerts.setChannel('ops', hook)).not.toBeNull();
    const { answer } = stores.alerts.getState();
    expect(answer?.states.map(({ name }) => name)).toEqual(['ops']);
    expect(answer?.alerts.channels['ops']).toMatchObject({ kind: 'webhook', url: '${secret:ALERT_ops_URL}' });
    expect(answer?.alerts.rules).toMatchObject([{ channels: ['ops'] }]);
    await commands.alerts.removeChannel('ops');
    expect(stores.alerts.getState().answer?.alerts).toMatchObject({ channels: {}, rules: [] });
  });

  it('offers to delete the secrets of a removed channel, which nothing uses any more', async () => {
    const { commands, stores, application } = await connect('typical');
    await settle();
    await commands.alerts.setChannel('ops', hook);
    await commands.alerts.removeChannel('ops');
    const names = async () => (await application.secrets()).list().secrets.map(({ name }) => name);
    expect(await names()).toContain('ALERT_ops_URL');
    stores.toasts.getState().toasts.at(-1)?.action?.run();
    await settle();
    expect(await names()).not.toContain('ALERT_ops_URL');
  });

  it('changes rules, and shows a refusal as a toast', async () => {
    const { commands, stores } = await connect('typical');
    await settle();
    await commands.alerts.setChannel('ops', hook);
    expect(await commands.alerts.setRules([{ events: ['failed'], channels: ['ops'], tags: ['db'] }])).not.toBeNull();
    expect(stores.alerts.getState().answer?.alerts.rules).toEqual([
      { events: ['failed'], channels: ['ops'], tags: ['db'] },
    ]);
    expect(await commands.alerts.setRules([{ events: ['failed'], channels: ['gone'] }])).toBeNull();
    expect(stores.toasts.getState().toasts.at(-1)).toMatchObject({ tone: 'error' });
  });

  it('sets a digest and switches it off', async () => {
    const { commands, stores } = await connect('typical');
    await settle();
    await commands.alerts.setChannel('ops', hook);
    await commands.alerts.setDigest({ channels: ['ops'], every: 'week' });
    expect(stores.alerts.getState().answer?.alerts.digest).toEqual({ channels: ['ops'], every: 'week' });
    await commands.alerts.setDigest(null);
    expect(stores.alerts.getState().answer?.alerts).not.toHaveProperty('digest');
  });

  it('sends a test to a channel that is not saved, and returns the answer', async () => {
    const { commands } = await connect('typical');
    await settle();
    expect(await commands.alerts.test({ channel: hook })).toMatchObject({ ok: true });
    expect(await commands.alerts.test({ name: 'gone' })).toMatchObject({ ok: false });
  });

  it('shows the test of a saved channel as its last alert', async () => {
    const { commands, stores } = await connect('typical');
    await settle();
    await commands.alerts.setChannel('ops', hook);
    await commands.alerts.test({ name: 'ops' });
    expect(stores.alerts.getState().answer?.states[0]).toMatchObject({
      name: 'ops',
      lastSentAt: expect.any(String) as string,
    });
  });

  it('lists what was sent', async () => {
    const { commands, stores } = await connect('typical');
    await settle();
    await commands.alerts.loadSent();
    expect(stores.alerts.getState()).toMatchObject({ sent: { alerts: [], total: 0 }, failure: null });
  });
});
