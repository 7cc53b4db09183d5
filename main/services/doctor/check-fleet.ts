import type { DoctorCheck } from '../../contract/cli.ts';
import { runsOnText, type FleetMemberView, type FleetState } from '../../contract/fleet.ts';
import type { Task } from '../../contract/task.ts';
import type { Store } from '../../ports/store.ts';
import { placementProblem } from '../fleet/slots/equipment.ts';

export interface FleetDoctorNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly fleet: {
    inFleet(): boolean;
    state(): Promise<FleetState | null>;
    members(): Promise<FleetMemberView[]>;
    /** This machine's clock minus the database's, in ms. */
    clockOffsetMs(): Promise<number>;
  };
}

/** A member whose clock is further off claims nothing, in ms. */
const mostOffsetMs = 30_000;

/** Reports what keeps shared tasks from running. Says nothing on a machine that is in no fleet. */
export async function checkFleet({ store, fleet }: FleetDoctorNeeds): Promise<DoctorCheck[]> {
  const state = fleet.inFleet() ? await fleet.state() : null;
  if (state === null) return [];
  if (state.problem !== null) {
    const message = `${state.problem} Tasks that one member runs do not start until it answers; local tasks are not affected.`;
    return [...refusedChecks(state), check('database', "The fleet's database does not answer", 'problem', message)];
  }
  const members = await fleet.members();
  const shared = Object.values(store.read().tasks).filter((task) => task.shared !== undefined);
  const found = [
    ...refusedChecks(state),
    ...clockChecks(await fleet.clockOffsetMs()),
    ...keyChecks(members),
    ...versionChecks(members),
    ...shared.flatMap((task) => placeChecks(task, members)),
  ];
  if (found.length > 0) return found;
  return [check('database', 'Fleet', 'ok', `${state.address} answers; ${members.length} members.`)];
}

const check = (id: string, title: string, status: DoctorCheck['status'], message: string): DoctorCheck => ({
  ...{ id: `fleet/${id}`, title, status, message },
  fixable: false,
});

const refusedChecks = ({ refused }: FleetState): DoctorCheck[] =>
  refused.map(({ taskId, taskName, revision, message }) => {
    const title = `Refused a definition of "${taskName ?? taskId}"`;
    return check(`refused-${taskId}`, title, 'warning', `Revision ${revision} is not used on this machine. ${message}`);
  });

function clockChecks(offsetMs: number): DoctorCheck[] {
  if (Math.abs(offsetMs) <= mostOffsetMs) return [];
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const message = `It is ${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the fleet's database. This machine claims no slots until the difference is below 30 s. Set the clock, or check the time service.`;
  return [check('clock', "This machine's clock is wrong", 'problem', message)];
}

function keyChecks(members: readonly FleetMemberView[]): DoctorCheck[] {
  const waiting = members.filter(({ key }) => key === 'waiting').map(({ name }) => name);
  const changed = members.filter(({ key }) => key === 'changed').map(({ name }) => name);
  const checks: DoctorCheck[] = [];
  if (waiting.length > 0) {
    const message = `This machine does not run what ${waiting.join(', ')} shares. Compare the fingerprint, then: fleet accept ${waiting[0] ?? ''}`;
    checks.push(check('keys', 'Keys of members wait to be accepted', 'warning', message));
  }
  if (changed.length > 0) {
    const message = `${changed.join(', ')} has another key than the one that was accepted, so its changes are refused. Ask its person before you accept it.`;
    checks.push(check('changed-keys', 'A member has another key', 'problem', message));
  }
  return checks;
}

function versionChecks(members: readonly FleetMemberView[]): DoctorCheck[] {
  const own = members.find(({ key }) => key === 'own')?.version;
  const others = members.filter(({ version, alive }) => alive && version !== own);
  if (own === undefined || others.length === 0) return [];
  const named = others.map(({ name, version }) => `${name} (${version})`).join(', ');
  return [
    check(
      'versions',
      'Members have different versions',
      'warning',
      `This machine has ${own}; others: ${named}. Update them soon.`,
    ),
  ];
}

function placeChecks(task: Task, members: readonly FleetMemberView[]): DoctorCheck[] {
  const { id, name, shared, status } = task;
  if (shared === undefined || status !== 'active') return [];
  const problem = placementProblem(task, shared.runsOn, members);
  if (problem === null) return [];
  const message = `${problem} It is set to run on ${runsOnText(shared.runsOn)}.`;
  return [check(`place-${id}`, `No member can run "${name}"`, 'warning', message)];
}
