import type { DoctorCheck } from '../../contract/cli.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { EntryDoctorNeeds } from './check-entries.ts';

export interface ContainmentDoctorNeeds extends Pick<EntryDoctorNeeds, 'choose'> {
  readonly containment: () => Promise<ProcessTree['containment']>;
}

/** Says how surely a run leaves no process behind here. Nothing is wrong either way. */
export async function checkContainment({ containment, choose }: ContainmentDoctorNeeds): Promise<DoctorCheck[]> {
  const message = (await containment()) === 'group' ? grouped : searched((await choose()).kind === 'systemd');
  return [{ id: 'runs/containment', title: 'Processes of runs', status: 'ok', message, fixable: false }];
}

const grouped = 'Each run has a control group of its own, which none of its processes can leave.';
const searched = (hasTimers: boolean) =>
  `${hasTimers ? 'Runs that a timer or the service of systemd starts have a control group of their own. In all others, processes' : 'Processes of a run'} are found in the process table, which a program can evade on purpose.`;
