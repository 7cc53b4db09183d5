import type { DoctorCheck } from '../../contract/cli.ts';
import type { EnvironmentReport } from '../../contract/test-run.ts';
import type { Task } from '../../contract/task.ts';
import { programsOf } from '../../domain/programs.ts';
import type { ProgramFinder } from '../../ports/program-finder.ts';
import type { Store } from '../../ports/store.ts';
import type { ProgramMemory } from '../runs/program-memory.ts';

export interface ProgramDoctorNeeds {
  readonly store: Store;
  readonly programs: Pick<ProgramMemory, 'used'>;
  readonly findProgram: ProgramFinder;
  /** Compares the environment of tasks with that of a new login shell. */
  readonly compareEnvironment: () => Promise<EnvironmentReport>;
  /** Returns the variables that tasks get. */
  readonly variables: () => Promise<Readonly<Record<string, string>>>;
}

/** Reports a login shell that cannot be started, and one whose PATH tasks do not have. Other variables change at each start. */
export async function checkEnvironment({ compareEnvironment }: ProgramDoctorNeeds): Promise<DoctorCheck[]> {
  const { problem, differences, count } = await compareEnvironment();
  const check = { id: 'environment/login-shell', title: 'Environment of tasks', fixable: false };
  if (problem !== null) return [{ ...check, status: 'warning', message: problem }];
  const path = differences.find(({ name }) => name === 'PATH');
  if (path === undefined) {
    return [
      { ...check, status: 'ok', message: `Variables that tasks get: ${count}, with the PATH of a new login shell.` },
    ];
  }
  const message = `The PATH of tasks is ${path.captured ?? 'not set'}; that of a new login shell is ${path.shell ?? 'not set'}. Run "ncp-scheduler environment refresh" to give it to tasks.`;
  return [{ ...check, status: 'warning', message }];
}

/** Reports the programs of active tasks that are gone or elsewhere since their last success. */
export async function checkPrograms(needs: ProgramDoctorNeeds): Promise<DoctorCheck[]> {
  const tasks = Object.values(needs.store.read().tasks).filter(({ status }) => status === 'active');
  const inherited = await needs.variables();
  const checks = await Promise.all(
    tasks.map((task) => checkTask(task, { ...inherited, ...task.env }['PATH'] ?? '', needs)),
  );
  return checks.flat();
}

async function checkTask(task: Task, path: string, needs: ProgramDoctorNeeds): Promise<DoctorCheck[]> {
  const used = needs.programs.used(task.id);
  if (used === null) return [];
  const names = programsOf(task);
  const changed: string[] = [];
  let isGone = false;
  for (const [name, before] of Object.entries(used.paths)) {
    const now = names.includes(name) ? await needs.findProgram(name, path) : before;
    if (now === before) continue;
    isGone ||= now === null;
    changed.push(`${name} was ${before} and is ${now === null ? 'gone' : `now ${now}`}`);
  }
  if (changed.length === 0) return [];
  const message = `${changed.join('; ')} (as of the run at ${used.at}).`;
  const title = `Programs of "${task.name}"`;
  return [
    { id: `environment/programs:${task.id}`, title, status: isGone ? 'problem' : 'warning', message, fixable: false },
  ];
}
