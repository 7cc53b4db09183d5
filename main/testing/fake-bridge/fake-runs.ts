import type { Execution, Trigger } from '../../contract/execution.ts';
import type { TaskView } from '../../contract/task.ts';
import type { FakeBridge } from './fake-bridge.ts';
import type { FakeWorld } from './fake-world.ts';

/** How fast a fake run writes, and how much. */
const LINE_EVERY_MS = 250;
const LINES = 12;

export const logLine = (at: number, stream: 'out' | 'err' | 'sys', text: string): string =>
  `${new Date(at).toISOString()} ${stream} ${text}\n`;

/** Runs of the fake world: they write a line now and then, and end well unless their command says `exit 1`. */
export class FakeRuns {
  readonly #world: FakeWorld;
  readonly #bridge: () => FakeBridge;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(world: FakeWorld, bridge: () => FakeBridge) {
    this.#world = world;
    this.#bridge = bridge;
  }

  start(task: RunTask, trigger: Trigger = 'manual'): Execution {
    const now = this.#world.now();
    const execution = { ...newExecution(this.#world.id('run'), task, now), trigger };
    this.#world.logs.set(execution.executionId, logLine(now, 'sys', `Started: ${task.tool}`));
    this.#store(execution);
    this.#plan(execution.executionId, 1);
    return execution;
  }

  end(executionId: string, outcome: Pick<Execution, 'status' | 'exitCode' | 'error'>): Execution {
    clearTimeout(this.#timers.get(executionId));
    const execution = this.#world.execution(executionId);
    const now = this.#world.now();
    const ended = {
      ...execution,
      ...outcome,
      completedAt: new Date(now).toISOString(),
      duration: now - Date.parse(execution.startedAt),
      logBytes: this.#world.logs.get(executionId)?.length ?? 0,
    };
    this.#store(ended);
    return ended;
  }

  #store(execution: Execution): void {
    this.#world.executions.set(execution.executionId, execution);
    this.#world.refreshTasks([execution.taskId]);
    this.#bridge().emit('executions.changed', { executions: [execution] });
    this.#bridge().emit('schedule.changed', this.#world.schedule());
  }

  #plan(executionId: string, line: number): void {
    this.#timers.set(
      executionId,
      setTimeout(() => this.#write(executionId, line), LINE_EVERY_MS),
    );
  }

  #write(executionId: string, line: number): void {
    const execution = this.#world.execution(executionId);
    const fails = JSON.stringify(execution.parameters).includes('exit 1');
    if (line <= LINES) {
      this.#append(executionId, logLine(this.#world.now(), 'out', `Step ${line} of ${LINES}`));
      this.#plan(executionId, line + 1);
    } else if (fails) {
      this.#append(executionId, logLine(this.#world.now(), 'err', 'fatal: the last step failed'));
      this.end(executionId, {
        status: 'failure',
        exitCode: 1,
        error: { code: 'shell/exit-code', message: 'The command ended with exit code 1.' },
      });
    } else {
      this.end(executionId, { status: 'success', exitCode: 0, error: null });
    }
  }

  #append(executionId: string, text: string): void {
    const log = (this.#world.logs.get(executionId) ?? '') + text;
    this.#world.logs.set(executionId, log);
    this.#bridge().emit('logs.grew', { executionId, size: log.length });
  }
}

type RunTask = Pick<TaskView, 'id' | 'name' | 'timingId' | 'tool' | 'parameters'>;

export function newExecution(executionId: string, task: RunTask, startedAt: number): Execution {
  return {
    executionId,
    taskId: task.id,
    taskName: task.name,
    timingId: task.timingId,
    tool: task.tool,
    parameters: task.parameters,
    trigger: 'manual',
    slot: null,
    attempt: 1,
    startedAt: new Date(startedAt).toISOString(),
    completedAt: null,
    duration: null,
    status: 'running',
    exitCode: null,
    signal: null,
    result: null,
    error: null,
    logPath: `/home/ada/.ncp/scheduler/logs/2026-11/${executionId}.log`,
    logBytes: 0,
    peakMemoryBytes: null,
    cpuMs: null,
  };
}
