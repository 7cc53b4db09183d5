import { describe, expect, test } from 'vitest';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../testing/connected-window.ts';

withFakeTime();

describe('the review of proposals', () => {
  const open = async () => {
    // A person has repaired the file: nothing could be approved before.
    const window = await connect('error', ({ outside }) => outside.store.setState({ state: 'ok' }));
    await settle();
    window.commands.agents.open();
    await settle();
    return window;
  };
  const shown = ({ stores }: Connected) => stores.agents.getState().proposal?.title;
  const shownProposal = ({ stores }: Connected) => {
    const { proposal } = stores.agents.getState();
    if (!proposal) throw new Error('no proposal is shown');
    return { id: proposal.id, basis: proposal.preview?.basis ?? '' };
  };
  const waitingId = ({ stores }: Connected, title: string) =>
    stores.schedule.getState().schedule?.waiting.find((each) => each.title === title)?.id ?? '';
  /** Approves what is shown; the test run that the agent asked for takes its time. */
  const approve = async (window: Connected, always = false) => {
    const { id, basis } = shownProposal(window);
    const approving = window.commands.agents.approve(id, basis, always);
    await settle(4000);
    await approving;
    await settle();
  };

  test('opens the oldest, and the next after each decision', async () => {
    const window = await open();
    expect(shown(window)).toBe('Create "Back up notes"');
    await approve(window);
    expect(taskNamed(window, 'Back up notes').createdBy).toBe('mcp:claude-code@2.0.14');
    expect(shown(window)).toBe('Change "Sync photos"');
    expect(toasts(window).map(({ message }) => message)).toEqual(['Approved: Create "Back up notes".']);
    await window.commands.agents.reject(shownProposal(window).id, 'no');
    await settle();
    expect(window.stores.navigation.getState().proposalId).toBeNull();
    expect(window.stores.schedule.getState().schedule?.waiting).toEqual([]);
  });

  test('stays open with the reason if the proposal cannot be approved', async () => {
    const window = await open();
    await window.commands.agents.approve(shownProposal(window).id, 'another basis');
    expect(window.stores.agents.getState()).toMatchObject({ failure: expect.stringContaining('changed') as string });
    expect(shown(window)).toBe('Create "Back up notes"');
  });

  test('opens the proposal of a notification', async () => {
    const window = await open();
    const proposalId = waitingId(window, 'Change "Sync photos"');
    window.bridge.emit('navigate', { view: 'proposal', proposalId });
    await settle();
    expect(shown(window)).toBe('Change "Sync photos"');
  });

  test('allows the agent if the person chooses so', async () => {
    const window = await open();
    await approve(window, true);
    await window.commands.agents.loadClients();
    expect(window.stores.agents.getState().clients?.[0]).toMatchObject({ name: 'claude-code', permission: 'allow' });
  });
});
