import type { DoctorCheck } from '../../contract/cli.ts';
import type { IpcParsedInput } from '../../contract/ipc.ts';
import type { SecretsAnswer } from '../../contract/secrets.ts';
import type { EnvironmentReport } from '../../contract/test-run.ts';
import type { ShellCommandState } from '../../ports/shell-command.ts';
import { scheduleLoad } from '../../services/schedule/schedule-load.ts';
import type { FakeHandlers } from './fake-bridge.ts';
import type { FakeParts } from './fake-handlers.ts';
import type { FakeWorld } from './fake-world.ts';

/** Test runs, checks and dialogs of the fake world. */
export function windowHandlers({ world, runs, bridge }: FakeParts) {
  return {
    'tasks.test': ({ taskId, name, tool, parameters }: IpcParsedInput<'tasks.test'>) => {
      const base = { id: taskId ?? world.id('draft'), name: name === '' ? 'Test run' : name, timingId: '' };
      const task = taskId === undefined ? base : { ...base, timingId: world.task(taskId).timingId };
      return { execution: runs.start({ ...task, tool, parameters }, 'test') };
    },
    'schedule.load': ({ from, until, stepMs }: IpcParsedInput<'schedule.load'>) => {
      const question = { fromMs: Date.parse(from), untilMs: Date.parse(until), stepMs };
      return { ...scheduleLoad(world.file(), question), concurrencyLimit: 4 };
    },
    'executions.rerun': ({ executionId, parameters }: IpcParsedInput<'executions.rerun'>) => {
      const task = world.task(world.execution(executionId).taskId);
      return { execution: runs.start({ ...task, parameters }) };
    },
    'secrets.list': () => secrets(world),
    'secrets.set': ({ name }: IpcParsedInput<'secrets.set'>) => {
      world.secrets.set(name, new Date(world.now()).toISOString());
      return secrets(world);
    },
    'secrets.remove': ({ name }: IpcParsedInput<'secrets.remove'>) => {
      world.secrets.delete(name);
      return secrets(world);
    },
    'executions.outcomes': ({ since, stepMs }: IpcParsedInput<'executions.outcomes'>) => ({
      steps: outcomes(world, since, stepMs),
    }),
    'environment.compare': () => environment(world),
    'environment.refresh': () => {
      world.environmentDiffers = false;
      return environment(world);
    },
    'command.state': () => command(world),
    'command.install': () => {
      world.commandInstalled = true;
      return command(world);
    },
    'command.remove': () => {
      world.commandInstalled = false;
      return command(world);
    },
    'app.chooseDirectory': () => ({ path: '/home/ada/projects' }),
    'app.report': () => ({ report: `# NCP Scheduler: diagnostics\n\n- version: ${world.app.version}\n` }),
    'doctor.diagnose': () => ({ checks: checks(world) }),
    'doctor.fix': () => {
      world.osEntries.clear();
      bridge().emit('schedule.changed', world.schedule());
      return { checks: checks(world) };
    },
  } satisfies Partial<FakeHandlers>;
}

function outcomes(world: FakeWorld, since: string, stepMs: number): { at: string; good: number; bad: number }[] {
  const steps = new Map<string, { at: string; good: number; bad: number }>();
  for (const { startedAt, status } of world.executionsNewestFirst()) {
    if (startedAt < since || status === 'running' || status === 'skipped' || status === 'cancelled') continue;
    const at = new Date(Math.floor(Date.parse(startedAt) / stepMs) * stepMs).toISOString();
    const step = steps.get(at) ?? { at, good: 0, bad: 0 };
    steps.set(at, step);
    if (status === 'success') step.good += 1;
    else step.bad += 1;
  }
  return [...steps.values()];
}

function secrets(world: FakeWorld): SecretsAnswer {
  const kept = [...world.secrets].map(([name, updatedAt]) => ({ name, updatedAt }));
  return { secrets: kept.sort((a, b) => a.name.localeCompare(b.name)), problem: world.secretsProblem };
}

function environment(world: FakeWorld): EnvironmentReport {
  const differences = [
    { name: 'GITHUB_TOKEN', captured: null, shell: '', hidden: true },
    {
      name: 'PATH',
      captured: '/usr/local/bin:/usr/bin:/bin',
      shell: '/home/ada/.nvm/versions/node/v22.11.0/bin:/usr/local/bin:/usr/bin:/bin',
      hidden: false,
    },
  ];
  return {
    source: 'cache',
    capturedAt: new Date(world.now() - 3 * 86_400_000).toISOString(),
    count: 41,
    differences: world.environmentDiffers ? differences : [],
    problem: null,
  };
}

function command({ commandInstalled }: FakeWorld): ShellCommandState {
  const addToPath = `echo 'export PATH="$HOME/.local/bin:$PATH"' >> ~/.profile`;
  const state = commandInstalled ? 'installed' : 'absent';
  return { path: '/home/ada/.local/bin/ncp-scheduler', state, onPath: false, addToPath };
}

function checks(world: FakeWorld): DoctorCheck[] {
  const entries = [...world.osEntries].map(([timingId, { state, detail }]): DoctorCheck => ({
    id: `os/entry:${timingId}`,
    title: `Entry of "${timingId}"`,
    status: 'problem',
    message: detail ?? `It is ${state}.`,
    fixable: true,
  }));
  const store: DoctorCheck = {
    id: 'store/schedule',
    title: 'Tasks file',
    status: world.store.state === 'ok' ? 'ok' : 'problem',
    message: world.store.message ?? 'It can be read and written.',
    fixable: false,
  };
  return [store, ...entries];
}
