import type { IpcCall } from '../../contract/ipc.ts';
import type { MemberStatus } from '../../ports/fleet/fleet-members.ts';
import type { CallPlace, Example } from '../call-examples.ts';
import { fleetUrl } from './two-machines.ts';

const status: MemberStatus = {
  ...{ running: 0, limit: 4, servers: [], secrets: [], nextRunAt: null, clockOffsetMs: 0 },
};
const runsOn = { mode: 'one' as const, tags: ['gpu'] };

/** Creates a fleet that this machine can join. */
async function withFleet({ application }: CallPlace) {
  const fleet = await application.fleet();
  await fleet.init(fleetUrl);
  return fleet;
}

/** Joins a fleet. */
async function asMember(place: CallPlace) {
  const fleet = await withFleet(place);
  const options = { url: fleetUrl, name: 'laptop', tags: ['gpu'], accept: [], author: 'window' };
  if ((await fleet.state()) === null) await fleet.join(options);
  return fleet;
}

/** Joins a fleet that has another member, which was seen some minutes ago. Returns that member. */
async function withOther(place: CallPlace) {
  const fleet = await asMember(place);
  const database = await place.application.outside.fleet().open(fleetUrl);
  const publicKey = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';
  await database.members.join({ id: 'm-2', name: 'server', tags: [], publicKey, version: '1.0.0', status });
  await database.close();
  place.application.clock.advance(180_000);
  const { fingerprint } = (await fleet.members()).find(({ id }) => id === 'm-2') ?? { fingerprint: '' };
  return { fleet, memberId: 'm-2', fingerprint };
}

type FleetCall = Extract<IpcCall, `fleet.${string}`>;

/** An example of each call about the fleet. */
export const fleetExamples: { readonly [C in FleetCall]: Example<C> } = {
  'fleet.state': async (place) => (await asMember(place), {}),
  'fleet.init': () => ({ url: fleetUrl }),
  'fleet.look': async (place) => (await withFleet(place), { url: fleetUrl }),
  'fleet.join': async (place) => (await withFleet(place), { url: fleetUrl, name: 'laptop', tags: ['gpu'], accept: [] }),
  'fleet.leave': async (place) => (await asMember(place), {}),
  'fleet.accept': async (place) => {
    const { memberId, fingerprint } = await withOther(place);
    return { memberId, fingerprint };
  },
  'fleet.withdraw': async (place) => {
    const { fleet, memberId, fingerprint } = await withOther(place);
    await fleet.accept(memberId, fingerprint, 'window');
    return { memberId };
  },
  'fleet.drain': async (place) => ({ memberId: (await withOther(place)).memberId, draining: true }),
  'fleet.remove': async (place) => ({ memberId: (await withOther(place)).memberId }),
  'fleet.readLog': async (place) => (await asMember(place), { executionId: place.executionId, offset: 2 }),
  'fleet.runs': async (place) => (await asMember(place), { limit: 10 }),
  'fleet.share': async (place) => (await asMember(place), { taskId: place.taskId, runsOn }),
  'fleet.unshare': async (place) => {
    const fleet = await asMember(place);
    await fleet.share(place.taskId, runsOn, 'window');
    return { taskId: place.taskId };
  },
};
