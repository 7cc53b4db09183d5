import { expect, it } from 'vitest';
import { aMember, idle, memberId } from '../../testing/contract-suites/fleet/fleet-rig.ts';
import type { Connection } from './connection.ts';
import { postgresMembers } from './members.ts';
import { postgresSharedTasks } from './shared-tasks.ts';
import { postgresClaims } from './slot-claims.ts';

const at = new Date('2026-11-23T12:00:00.000Z');
const id = memberId('a');
const rows = {
  member: {
    ...{ id, name: 'a', tags: ['gpu'], public_key: 'k', version: '1.0.0', status: idle },
    ...{ joined_at: at, seen_at: at, draining: false },
  },
  definition: {
    ...{ task_id: 't1', revision: 2, text: '{}', signature: 's', author_id: id, author_key: 'k' },
    ...{ change: '7', changed_at: at },
  },
  claim: {
    ...{ task_id: 't1', slot: at, attempt: 1, member_id: id, member_name: null, fence: '3', state: 'success' },
    ...{ execution_id: 'e1', claimed_at: at, seen_at: at, ended_at: null, reason: null },
  },
} as const;
type Table = keyof typeof rows;

/** A connection to a database that answers every statement with this row. */
const answering = (row: object): Connection => {
  const answer = () => Promise.resolve([row]) as Promise<never>;
  const address = { host: 'h', port: 1, database: 'd', user: null, password: null, tls: null };
  return { address, query: answer, script: answer, transaction: answer, close: () => Promise.resolve() };
};
const read: { readonly [T in Table]: (row: object) => Promise<readonly unknown[]> } = {
  member: (row) => postgresMembers(answering(row)).list(),
  definition: (row) => postgresSharedTasks(answering(row)).changedSince(0),
  claim: (row) => postgresClaims(answering(row)).lost(1000),
};

it('rows of the right types are read', async () => {
  const joinedAt = at.toISOString();
  expect(await read.member(rows.member)).toEqual([
    { ...aMember('a', { publicKey: 'k', version: '1.0.0' }), joinedAt, seenAt: joinedAt, draining: false },
  ]);
  expect(await read.definition(rows.definition)).toMatchObject([{ change: 7, changedAt: joinedAt }]);
  expect(await read.claim(rows.claim)).toMatchObject([{ fence: 3, memberName: id, slot: joinedAt, endedAt: null }]);
});

it('a status that means nothing is one of a member that said nothing', async () => {
  expect(await read.member({ ...rows.member, status: 'x' })).toMatchObject([{ status: idle }]);
});

it.each<[Table, string, unknown, string]>([
  ['member', 'seen_at', Number.POSITIVE_INFINITY, `ncp.member (id "${id}")`],
  ['member', 'joined_at', new Date(Number.NaN), `ncp.member (id "${id}")`],
  ['member', 'tags', 'gpu', `ncp.member (id "${id}")`],
  ['member', 'tags', [null], `ncp.member (id "${id}")`],
  ['member', 'draining', null, `ncp.member (id "${id}")`],
  ['definition', 'change', 'many', 'ncp.definition (task_id "t1", revision 2)'],
  ['definition', 'change', '9223372036854775807', 'ncp.definition (task_id "t1", revision 2)'],
  ['definition', 'changed_at', at.toISOString(), 'ncp.definition (task_id "t1", revision 2)'],
  ['definition', 'revision', '2', 'ncp.definition (task_id "t1", revision "2")'],
  ['claim', 'fence', null, `ncp.claim (task_id "t1", slot "${at.toISOString()}", attempt 1)`],
  ['claim', 'state', 'sleeping', `ncp.claim (task_id "t1", slot "${at.toISOString()}", attempt 1)`],
  ['claim', 'slot', Number.POSITIVE_INFINITY, 'ncp.claim (task_id "t1", slot null, attempt 1)'],
])('a row of %s whose %s is %s is named', async (table, column, value, named) => {
  await expect(read[table]({ ...rows[table], [column]: value })).rejects.toMatchObject({
    ...{ code: 'fleet/damaged', details: { table: `ncp.${table}`, column } },
    message: expect.stringContaining(`damaged row in ${named}. ${column}: `) as string,
  });
});

it('the name of a row is short, however long its key is', async () => {
  const long = { ...rows.member, id: 'x'.repeat(1_000_000), tags: null };
  const problem = await read.member(long).catch((error: unknown) => error);
  expect(String(problem).length).toBeLessThan(400);
});
