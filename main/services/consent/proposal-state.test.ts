import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../contract/proposal.ts';
import { assertOpen, decided, isOpen, outdated } from './proposal-state.ts';

const now = '2026-11-23T12:00:00.000Z';
const later = '2026-11-23T12:00:00.001Z';
const proposal = (state: Proposal['state'], change: Partial<Proposal> = {}): Proposal =>
  ({
    id: 'p1',
    title: 'Create "Backup"',
    createdAt: now,
    expiresAt: later,
    decidedBy: null,
    state,
    ...change,
  }) as Proposal;

describe('a person can decide', () => {
  it('on a pending proposal, and again on one that failed, until it expires', () => {
    expect(isOpen(proposal('pending', { expiresAt: now }), now)).toBe(true);
    expect(isOpen(proposal('failed'), now)).toBe(true);
    expect(isOpen(proposal('failed', { expiresAt: now }), now)).toBe(false);
    expect(() => assertOpen(proposal('pending'), now)).not.toThrow();
  });

  it.each(['applying', 'applied', 'rejected', 'expired'] as const)('on none that is %s', (state) => {
    expect(isOpen(proposal(state), now)).toBe(false);
    expect(() => assertOpen(proposal(state), now)).toThrow(
      expect.objectContaining({ code: 'agent/proposal-decided', details: { proposalId: 'p1', state } }),
    );
  });
});

it('a refusal says who decided, and when', () => {
  expect(decided(proposal('rejected', { decidedBy: 'cli', decidedAt: now })).message).toBe(
    `The proposal p1 can no longer be decided: it was rejected (cli, ${now}).`,
  );
  expect(decided(proposal('expired')).message).toBe(
    'The proposal p1 can no longer be decided: it expired before anyone decided.',
  );
});

it('a proposal that no longer fits says why, and what differs now', () => {
  const differences = [{ field: 'name', before: 'a', after: 'b' }] as unknown as Parameters<typeof outdated>[2];
  const preview = { differences, basis: 'abc' } as unknown as NonNullable<Parameters<typeof outdated>[2]>;
  const refusal = outdated(proposal('pending'), 'It changed.', preview);
  expect(refusal.message).toBe(`Create "Backup" was proposed on ${now} and was not applied: It changed.`);
  expect(refusal.details).toEqual({ proposalId: 'p1', reason: 'It changed.', differences, basis: 'abc' });
  expect(outdated(proposal('pending'), 'x').details).toMatchObject({ differences: [], basis: '' });
});
