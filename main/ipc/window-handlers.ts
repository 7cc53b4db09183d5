import type { Execution } from '../contract/execution.ts';
import type { ScheduleLoad } from '../contract/window-calls.ts';
import type { EnvironmentReport, TestDraft } from '../contract/test-run.ts';
import type { LoadQuestion } from '../services/schedule/schedule-load.ts';
import type { Doctor } from '../services/doctor/doctor.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { ShellCommand } from '../ports/shell-command.ts';
import type { IpcHandlers } from './envelope.ts';

/** What calls of the window need beyond tasks, runs and logs. */
export interface WindowServices {
  readonly doctor: Pick<Doctor, 'diagnose' | 'fix'>;
  readonly testRuns: {
    start(draft: TestDraft): Promise<Execution>;
    rerun(executionId: string, parameters: Execution['parameters']): Promise<Execution>;
  };
  readonly secrets: Secrets;
  readonly shellCommand: ShellCommand;
  load(question: LoadQuestion): ScheduleLoad;
  compareEnvironment(): Promise<EnvironmentReport>;
  refreshEnvironment(): Promise<EnvironmentReport>;
  /** The system's dialog for a folder; null where it was cancelled. */
  chooseDirectory(startAt: string | undefined): Promise<string | null>;
  report(): Promise<string>;
  /** After a change that the file watcher would report only later. */
  changed(): void;
}

type WindowCall =
  | 'schedule.load'
  | 'secrets.list'
  | 'secrets.set'
  | 'secrets.remove'
  | 'tasks.test'
  | 'environment.compare'
  | 'environment.refresh'
  | 'app.chooseDirectory'
  | 'app.report'
  | 'command.state'
  | 'command.install'
  | 'command.remove'
  | 'doctor.diagnose'
  | 'doctor.fix'
  | 'executions.rerun';

/** Test runs, checks and dialogs. */
export function windowHandlers(services: WindowServices): Pick<IpcHandlers, WindowCall> {
  const { doctor, testRuns } = services;
  return {
    ...secretHandlers(services),
    'schedule.load': ({ from, until, stepMs }) =>
      services.load({ fromMs: Date.parse(from), untilMs: Date.parse(until), stepMs }),
    'tasks.test': async (draft) => ({ execution: await testRuns.start(draft) }),
    'executions.rerun': async ({ executionId, parameters }) => ({
      execution: await testRuns.rerun(executionId, parameters),
    }),
    'environment.compare': () => services.compareEnvironment(),
    'environment.refresh': () => services.refreshEnvironment(),
    'app.chooseDirectory': async ({ startAt }) => ({ path: await services.chooseDirectory(startAt) }),
    'command.state': () => services.shellCommand.state(),
    'command.install': () => services.shellCommand.install(),
    'command.remove': () => services.shellCommand.remove(),
    'app.report': async () => ({ report: await services.report() }),
    'doctor.diagnose': async () => {
      const checks = await doctor.diagnose();
      // What was found may be news to what the window shows.
      services.changed();
      return { checks };
    },
    'doctor.fix': async () => {
      const checks = await doctor.fix();
      services.changed();
      return { checks };
    },
  };
}

/** No answer carries a value: what was typed once cannot be read back. */
function secretHandlers({
  secrets,
}: WindowServices): Pick<IpcHandlers, 'secrets.list' | 'secrets.set' | 'secrets.remove'> {
  return {
    'secrets.list': () => secrets.list(),
    'secrets.set': ({ name, value }) => {
      secrets.set(name, value);
      return secrets.list();
    },
    'secrets.remove': ({ name }) => {
      secrets.remove(name);
      return secrets.list();
    },
  };
}
