import type { DoctorCheck } from '../../contract/cli.ts';
import type { Traces } from '../../ports/traces.ts';
import type { ProgramDoctorNeeds } from './check-programs.ts';

export interface TraceDoctorNeeds extends Pick<ProgramDoctorNeeds, 'variables'> {
  readonly traces: Pick<Traces, 'problem'>;
}

/** Reports a variable that asks for traces with a value that cannot be used. Runs are not affected. */
export async function checkTraces({ traces, variables }: TraceDoctorNeeds): Promise<DoctorCheck[]> {
  const problem = traces.problem(await variables());
  if (problem === null) return [];
  const message = `${problem} Then run \`ncp-scheduler environment refresh\`.`;
  return [{ id: 'traces/variables', title: 'Traces are off', status: 'warning', message, fixable: false }];
}
