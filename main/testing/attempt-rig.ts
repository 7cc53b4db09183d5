import type { ExecutionSpec } from '../contract/worker.ts';
import { policyDefaults } from '../contract/policy-defaults.ts';
import { resolvePolicies } from '../domain/policy/resolved-policies.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { TaskEnvironment } from '../ports/task-environment.ts';
import type { StartedAttempt } from '../services/runs/attempts/attempt.ts';
import { AttemptRunner } from '../services/runs/attempts/attempt-runner.ts';
import { WorkerExecutionRunner } from '../services/runs/execution-runner.ts';
import { SharedWorkers } from '../services/runs/workers/shared-workers.ts';
import { WorkerPool } from '../services/runs/workers/worker-pool.ts';
import { fakeClock } from './fake-clock.ts';
import { memoryProcessTree } from './memory-outside.ts';
import { noTraces } from './memory-traces.ts';
import { memoryWorkers } from './memory-workers.ts';
import { aTask } from './schedule-samples.ts';
import { temporaryDir } from './temporary-dir.ts';

/** Returns the real runner of attempts, over workers that start no process. */
export function attemptRig(ledger: Ledger, environment: Partial<TaskEnvironment> = {}, traces = noTraces) {
  const logs = temporaryDir();
  const clock = fakeClock();
  const tree = memoryProcessTree;
  const pool = new WorkerPool(memoryWorkers());
  const runner = new WorkerExecutionRunner({ pool, shared: new SharedWorkers({ pool, clock }), tree, clock });
  const specs: ExecutionSpec[] = [];
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  let ids = 0;
  const attempts = new AttemptRunner({
    traces,
    fleet: { claim: () => Promise.resolve(null), report: () => Promise.resolve() },
    ledger,
    runner: {
      run: (spec, ...rest) => (specs.push(spec), runner.run(spec, ...rest)),
      warm: () => undefined,
      close: () => undefined,
    },
    clock,
    environment: {
      variables: () => Promise.resolve({}),
      programMissing: () => Promise.resolve(),
      succeeded: () => Promise.resolve(),
      homeDir: '/home/person',
      mcpServer: () => null,
      accessToken: () => Promise.resolve(null),
      secret: (name) => `value of ${name}`,
      logPath: (id) => `${logs}/${id}.log`,
      ...environment,
    },
    processTree: tree,
    logger: { info: say, warn: say, error: say },
    owner: { pid: process.pid, startedAt: 'test' },
    newId: () => `e${(ids += 1)}`,
    budgets: { accountsOf: () => ({}), refusal: () => null },
  });
  const policies = resolvePolicies(undefined, undefined, policyDefaults);
  const start = async (command = 'true', tool = 'shell:run'): Promise<StartedAttempt> => {
    const task = aTask({ tool, parameters: { command } });
    const started = await attempts.start({ task, policies, trigger: 'manual', slot: null, attempt: 1 });
    if (started === null) throw new Error('the run was refused');
    return started;
  };
  return { attempts, start, said, specs };
}
