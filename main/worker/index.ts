import { setPriority } from 'node:os';
import { enterRunGroup } from '../adapters/process/run-groups.ts';
import { messageOf } from '../domain/errors.ts';
import { WorkerExecution } from './execution.ts';
import { readMessage } from './messages.ts';
import { prepareFor } from './runners/runner-of.ts';
import { parentPort } from './parent-port.ts';
import { ServerKeeper } from './servers/server-keeper.ts';
import { SharedRuns } from './shared-runs.ts';
import type { FromWorker, ToWorker } from '../contract/worker.ts';

/**
 * Longest wait for the parent's acknowledgement, in ms. The parent acknowledges at once, unless it is gone or stuck.
 */
const ACKNOWLEDGE_WITHIN_MS = 10_000;
/** Time between TERM and KILL when the parent is gone, as in the kill ladder. */
const GRACE_MS = 5000;
const EXIT_FAULT = 70;

const port = parentPort();
let keeper: ServerKeeper | null = null;
const shared = new SharedRuns();
/** The executions that have not reported yet: one, or several in a shared worker. */
const running = new Map<string, WorkerExecution>();
/** `own` and `shared` once it has run something. A worker of its own runs nothing else and exits afterwards. */
let kind: 'idle' | 'own' | 'shared' = 'idle';
let exitCode = 0;

port.onMessage((value) => {
  const read = readMessage(value);
  if (read.ok) return handle(read.message);
  void read.problem.then((problem) => fault(`The worker received an invalid message: ${problem}`));
});
port.onGone(() => void parentGone());
process.on('uncaughtException', (error) => fault(`The worker failed: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => fault(`The worker failed: unhandled rejection: ${messageOf(reason)}`));
// Signals for the task reach it through its own process group; a terminal's Ctrl+C would reach the worker too.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
port.send({ type: 'ready', pid: process.pid });

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'run':
      return void (message.shared === true ? runShared(message) : run(message));
    case 'prepare':
      return void prepareFor(message.tool);
    case 'keep':
      return keep(message);
    case 'session':
      return keeper === null
        ? running.get(message.executionId)?.receiveFromServer(message.event)
        : keeper.receive(message.executionId, message.event);
    case 'mask':
      return onlyExecution()?.mask(message.texts);
    case 'end':
      return void keeper?.end();
    case 'token':
      return onlyExecution()?.receiveToken(message);
    case 'cancel':
      return cancel(message);
    case 'acknowledge':
      if (kind !== 'shared') process.exit(exitCode);
  }
}

const reasons = {
  timeout: 'the time limit was reached',
  cancelled: 'cancelled',
  memory: 'the memory limit was exceeded',
  processes: 'it had too many processes',
  quit: 'NCP Scheduler is quitting',
  superseded: 'the fleet gave this run up, because no sign of life reached its database in time',
} as const;

/** Returns what a worker of its own runs. A message without an id is only for such a worker. */
function onlyExecution(): WorkerExecution | undefined {
  return kind === 'own' ? [...running.values()][0] : undefined;
}

function cancel({ executionId, reason }: Extract<ToWorker, { type: 'cancel' }>): void {
  const execution = running.get(executionId);
  if (execution !== undefined) execution.cancel(reasons[reason]);
  // A worker without a run has nothing to end.
  else if (kind === 'idle') process.exit(exitCode);
}

type Run = Extract<ToWorker, { type: 'run' }>;

async function run(message: Run): Promise<void> {
  if (kind !== 'idle') return fault('The worker received a second execution; it runs only one.');
  kind = 'own';
  const execution = new WorkerExecution(message.spec, (report) => port.send(report));
  running.set(execution.executionId, execution);
  const problems = [
    message.nice === undefined ? null : lowerPriority(message.nice),
    enterRunGroup(message.spec.executionId, message.processes),
  ];
  const ended = execution.run();
  for (const problem of problems) if (problem !== null) execution.remark(problem);
  await ended;
  setTimeout(() => process.exit(exitCode), ACKNOWLEDGE_WITHIN_MS);
}

/** Keeps a server for several runs. The parent ends it; if the parent is gone, `parentGone` does. */
function keep({ program, nice }: Extract<ToWorker, { type: 'keep' }>): void {
  if (nice !== undefined) lowerPriority(nice);
  enterRunGroup(program.sessionId);
  keeper = new ServerKeeper(program, { send: (report) => port.send(report), exit: () => process.exit(exitCode) });
  void keeper.start();
}

async function runShared({ spec, processes }: Run): Promise<void> {
  if (kind === 'own') return fault('The worker received a second execution; it runs only one.');
  kind = 'shared';
  const { executionId } = spec;
  const send = (report: FromWorker): void => port.send(report);
  const onProblem = (problem: string): void => execution.remark(problem);
  const execution = new WorkerExecution(spec, send, shared.of({ executionId, processes, send, onProblem }));
  running.set(executionId, execution);
  await execution.run();
  running.delete(executionId);
}

function lowerPriority(nice: number): string | null {
  try {
    setPriority(nice);
    return null;
  } catch (error) {
    return `The priority could not be lowered: ${messageOf(error)}`;
  }
}

/**
 * Ends the worker after a failure of its own. A worker of one execution reports it as that execution's failure. The
 * executions of a shared worker did not fail: they end with it, and the parent calls them interrupted.
 */
function fault(message: string): void {
  exitCode = EXIT_FAULT;
  if (kind === 'shared') {
    process.stderr.write(`${message}\n`);
    abandonAll('Interrupted: the worker that this run shares with others has failed.');
    process.exit(exitCode);
  }
  for (const execution of running.values()) execution.fail(message);
  // The report needs a moment to be sent; the parent sees the exit code either way.
  setTimeout(() => process.exit(exitCode), 200);
}

/** Stops the tasks as the parent would, writes the reason into their logs and exits. No parent is left to report to. */
async function parentGone(): Promise<void> {
  if (keeper) return keeper.end(true);
  if (running.size === 0) process.exit(0);
  for (const execution of running.values()) execution.cancel('the NCP Scheduler process that ran it has ended');
  const executions = [...running.values()];
  for (const end = Date.now() + GRACE_MS; Date.now() < end && executions.some(({ hasProcesses }) => hasProcesses);) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  abandonAll('Interrupted: the NCP Scheduler process that ran it has ended.');
  process.exit(1);
}

/** Kills what the executions started and completes their logs, without a report. */
function abandonAll(reason: string): void {
  for (const execution of running.values()) execution.abandon(reason);
}
