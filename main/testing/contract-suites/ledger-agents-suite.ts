import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewProposal } from '../../ports/ledger/agents.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();

function aProposal(change: Partial<NewProposal> = {}): NewProposal {
  return {
    id: 'p1',
    client: 'Claude',
    version: '1.0',
    title: 'Delete "Backup"',
    change: { action: 'delete', taskId: 't1' },
    createdAt: at(0),
    expiresAt: at(30),
    taskId: 't1',
    executionId: null,
    fingerprint: 'delete t1',
    basis: 'b1',
    ...change,
  };
}

/** Checks what every `Ledger` must do for agents. */
export function ledgerAgentsContract(open: () => Ledger): void {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
  });
  const states = () => ledger.proposals({}, { limit: 10, offset: 0 }).proposals.map(({ id, state }) => [id, state]);

  describe('proposals', () => {
    it('are stored unchanged, as pending', () => {
      const { fingerprint, basis, ...kept } = aProposal();
      expect(fingerprint).toBe('delete t1');
      ledger.propose(aProposal());
      expect(ledger.proposal('p1')).toEqual({
        proposal: { ...kept, state: 'pending', decidedAt: null, decidedBy: null, note: null, error: null },
        basis,
      });
      expect(ledger.proposal('p2')).toBeNull();
    });

    it('are merged while the same client has a pending one for the same change', () => {
      ledger.propose(aProposal());
      expect(ledger.propose(aProposal({ id: 'p2' })).id).toBe('p1');
      expect(ledger.propose(aProposal({ id: 'p3', client: 'Cursor' })).id).toBe('p3');
      ledger.decideProposal('p1', 'pending', { state: 'rejected', at: at(1), by: 'window', note: 'no' });
      expect(ledger.propose(aProposal({ id: 'p4' })).id).toBe('p4');
      expect(states()).toEqual([
        ['p4', 'pending'],
        ['p3', 'pending'],
        ['p1', 'rejected'],
      ]);
    });

    it('name the process that applies them, until it is decided how that ended', () => {
      const attempt = { owner: { pid: 7, startedAt: 'a' }, basis: 'b2', newTaskId: 'n1' };
      ledger.propose(aProposal());
      expect(ledger.applyingProposals()).toEqual([]);
      ledger.decideProposal('p1', 'pending', { state: 'applying', at: at(1), by: 'window', attempt });
      expect(ledger.applyingProposals()).toMatchObject([{ proposal: { id: 'p1', decidedBy: 'window' }, attempt }]);
      ledger.propose(aProposal({ id: 'p2', fingerprint: 'other' }));
      ledger.decideProposal('p2', 'pending', { state: 'applying', at: at(1), by: 'cli' });
      expect(ledger.applyingProposals()).toMatchObject([{ attempt }, { proposal: { id: 'p2' }, attempt: null }]);
    });

    it('go back to pending without their decision, but not beside another one of the same change', () => {
      ledger.propose(aProposal());
      ledger.decideProposal('p1', 'pending', { state: 'applying', at: at(1), by: 'window' });
      expect(ledger.decideProposal('p1', 'applying', { state: 'pending' })).toBe(true);
      expect(ledger.proposal('p1')?.proposal).toMatchObject({ state: 'pending', decidedAt: null, decidedBy: null });
      ledger.decideProposal('p1', 'pending', { state: 'applying', at: at(2), by: 'window' });
      ledger.propose(aProposal({ id: 'p2' }));
      expect(ledger.decideProposal('p1', 'applying', { state: 'pending' })).toBe(false);
      expect(states()).toEqual([
        ['p2', 'pending'],
        ['p1', 'applying'],
      ]);
    });

    it('are decided once', () => {
      ledger.propose(aProposal());
      expect(ledger.decideProposal('p1', 'pending', { state: 'applying', at: at(1), by: 'window' })).toBe(true);
      expect(ledger.decideProposal('p1', 'pending', { state: 'rejected', at: at(2), by: 'cli' })).toBe(false);
      expect(ledger.decideProposal('p1', 'applying', { state: 'applied', executionId: 'e1' })).toBe(true);
      expect(ledger.proposal('p1')?.proposal).toMatchObject({
        ...{ state: 'applied', decidedAt: at(1), decidedBy: 'window', taskId: 't1', executionId: 'e1', error: null },
      });
    });

    it('are listed by state and client, newest first, in pages', () => {
      for (const id of ['p1', 'p2', 'p3']) ledger.propose(aProposal({ id, fingerprint: id }));
      ledger.propose(aProposal({ id: 'other', client: 'Cursor' }));
      ledger.decideProposal('p2', 'pending', { state: 'rejected', at: at(1) });
      const page = ledger.proposals({ client: 'Claude', state: 'pending' }, { limit: 1, offset: 1 });
      expect(page).toMatchObject({ total: 2, proposals: [{ id: 'p1' }] });
    });

    it('expire, are interrupted and are deleted when they are due', () => {
      for (const id of ['waits', 'expires', 'begun', 'old']) {
        ledger.propose(aProposal({ id, fingerprint: id, expiresAt: id === 'expires' ? at(10) : at(50) }));
      }
      ledger.decideProposal('begun', 'pending', { state: 'applying', at: at(5), by: 'window' });
      ledger.decideProposal('old', 'pending', { state: 'rejected', at: at(1), by: 'window' });
      expect(ledger.sweepProposals({ now: at(9), begunBefore: at(5), decidedBefore: at(1) })).toBe(0);
      expect(ledger.sweepProposals({ now: at(10), begunBefore: at(6), decidedBefore: at(2) })).toBe(3);
      expect(states()).toEqual([
        ['begun', 'failed'],
        ['expires', 'expired'],
        ['waits', 'pending'],
      ]);
      expect(ledger.proposal('begun')?.proposal.error?.code).toBe('agent/interrupted');
    });
  });

  describe('MCP clients', () => {
    it('are remembered with each version, the latest first', () => {
      ledger.sawClient('Claude', '1.0', at(0));
      ledger.sawClient('Claude', '1.1', at(5));
      ledger.sawClient('Claude', '1.0', at(9));
      expect(ledger.seenClients()).toEqual([
        { name: 'Claude', version: '1.0', firstSeenAt: at(0), lastSeenAt: at(9) },
        { name: 'Claude', version: '1.1', firstSeenAt: at(5), lastSeenAt: at(5) },
      ]);
    });

    it('are forgotten, the longest unseen first, when there are more than 500', () => {
      for (let number = 0; number < 505; number += 1) ledger.sawClient(`agent-${number}`, '1.0', at(number));
      ledger.sawClient('agent-7', '1.0', at(600));
      ledger.sawClient('agent-new', '1.0', at(601));
      const names = ledger.seenClients().map(({ name }) => name);
      expect(names).toHaveLength(500);
      expect(names.slice(0, 3)).toEqual(['agent-new', 'agent-7', 'agent-504']);
      expect(names.at(-1)).toBe('agent-6');
    });

    it('have their runs counted across all versions, without those of other clients', () => {
      const run = (author: string, minute: number, action = 'agent.run') =>
        ledger.audit({ at: at(minute), author, action, taskId: 't1', before: null, after: null });
      run('mcp:Claude@1.0', 1);
      run('mcp:Claude@1.1', 2, 'agent.test-run');
      run('mcp:Claude@1.1', 3, 'task.create');
      run('mcp:Claude Code@1.0', 3);
      run('mcp:Claude@1.0', 0);
      run('cli', 3);
      expect(ledger.agentRuns('Claude', at(1))).toBe(2);
    });
  });
}
