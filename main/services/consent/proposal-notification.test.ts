import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { proposalNotification } from './proposal-notification.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

async function ask(name: string, client = 'Claude'): Promise<void> {
  const draft = { name, schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
  const change = { action: 'create', draft, validate: true, testRun: false } as const;
  await (await application.agents()).submit(change, { name: client, version: '1' });
}
const waiting = async () => (await application.agents()).proposals.waiting();
const attention = async () => (await application.snapshots()).tray([]).attention;

describe('pending proposals', () => {
  it('are a line in the tray until they are decided or expire', async () => {
    expect(await attention()).toEqual([]);
    await ask('Backup');
    expect(await attention()).toEqual([{ text: '1 proposal waits for approval…', target: { view: 'proposal' } }]);
    await ask('Other');
    expect(await attention()).toMatchObject([{ text: '2 proposals wait for approval…' }]);
    const { proposals } = await application.agents();
    proposals.reject((await waiting())[0]?.id ?? '', 'window');
    expect(await attention()).toMatchObject([{ text: '1 proposal waits for approval…' }]);
    application.clock.advance(7 * 24 * 3_600_000);
    expect(await attention()).toEqual([]);
  });

  it('are notified one by one, with the agent and the change', async () => {
    await ask('Back\u202eup');
    const [first] = await waiting();
    expect(proposalNotification(await waiting())).toMatchObject({
      title: 'Claude asks for your approval',
      body: 'Create "Back\\u202eup". Nothing has changed yet.',
      target: { view: 'proposal', proposalId: first?.id },
    });
  });

  it('are notified together if there are several, and not at all if there are none', async () => {
    await ask('Backup');
    await ask('Other', 'Cursor');
    expect(proposalNotification(await waiting())).toMatchObject({
      title: '2 proposals wait for approval',
      body: 'From Claude, Cursor. Nothing has changed yet.',
      target: { view: 'proposal' },
    });
    expect(proposalNotification([])).toBeNull();
  });
});
