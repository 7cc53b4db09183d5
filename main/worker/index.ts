import { setPriority } from 'node:os';
import { enterRunGroup } from '../adapters/process/run-groups.ts';
import { processTree } from '../adapters/process/process-tree.ts';
import { messageOf } from '../domain/errors.ts';
import { WorkerExecution } from './execution.ts';
import { readMessage } from './messages.ts';
import { prepareFor } from './runners/runner-of.ts';
import { parentPort } from './parent-port.ts';
import { ServerKeeper } from './servers/server-keeper.ts';
import type { ToWorker } from '../contract/worker.ts';

/**
 * Longest wait for the parent's acknowledgement, in ms. The parent acknowledges at once, unless it is gone or stuck.
 */
const ACKNOWLEDGE_WITHIN_MS = 10_000;
/** Time between TERM and KILL when the parent is gone, as in the kill ladder. */
const GRACE_MS = 5000;
const EXIT_FAULT = 70;

const port = parentPort();
let execution: WorkerExecution | null = null;
let keeper: ServerKeeper | null = null;
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
  if (message.type === 'run') return void run(message);
  if (message.type === 'prepare') return void prepareFor(message.tool);
  if (message.type === 'keep') return keep(message);
  if (message.type === 'session')
    return keeper === null
      ? execution?.receiveFromServer(message.event)
      : keeper.receive(message.executionId, message.event);
  if (message.type === 'mask') return execution?.mask(message.texts);
  if (message.type === 'end') return void keeper?.end();
  if (message.type === 'token') return execution?.receiveToken(message);
  if (message.type === 'cancel' && execution) return execution.cancel(reasons[message.reason]);
  process.exit(exitCode);
}

const reasons = {
  timeout: 'the time limit was reached',
  cancelled: 'cancelled',
  memory: 'the memory limit was exceeded',
  processes: 'it had too many processes',
  quit: 'NCP Scheduler is quitting',
  superseded: 'another member of the fleet has taken over this slot',
} as const;

async function run(message: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  if (execution) return fault('The worker received a second execution; it runs only one.');
  execution = new WorkerExecution(message.spec, (report) => port.send(report));
  const problems = [
    message.nice === undefined ? null : lowerPriority(message.nice),
    enterRunGroup(message.spec.executionId, message.processes),
  ];
  const running = execution.run();
  for (const problem of problems) if (problem !== null) execution.remark(problem);
  await running;
  setTimeout(() => process.exit(exitCode), ACKNOWLEDGE_WITHIN_MS);
}

/** Keeps a server for several runs. The parent ends it; if the parent is gone, `parentGone` does. */
function keep({ program, nice }: Extract<ToWorker, { type: 'keep' }>): void {
  if (nice !== undefined) lowerPriority(nice);
  enterRunGroup(program.sessionId);
  keeper = new ServerKeeper(program, { send: (report) => port.send(report), exit: () => process.exit(exitCode) });
  void keeper.start();
}

function lowerPriority(nice: number): string | null {
  try {
    setPriority(nice);
    return null;
  } catch (error) {
    return `The priority could not be lowered: ${messageOf(error)}`;
  }
}

/** Reports a failure of the worker itself as one failed execution with a clear error, then exits. */
function fault(message: string): void {
  exitCode = EXIT_FAULT;
  execution?.fail(message);
  // The report needs a moment to be sent; the parent sees the exit code either way.
  setTimeout(() => process.exit(exitCode), 200);
}

/** Stops the task as the parent would, writes the reason into the log and exits. No parent is left to report to. */
async function parentGone(): Promise<void> {
  if (keeper) return keeper.end(true);
  if (!execution) process.exit(0);
  const id = execution.executionId;
  execution.cancel('the NCP Scheduler process that ran it has ended');
  const tree = processTree();
  for (const end = Date.now() + GRACE_MS; Date.now() < end;) {
    if (tree.descendants(process.pid, id).length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  tree.signal(process.pid, id, 'SIGKILL');
  execution.abandon('Interrupted: the NCP Scheduler process that ran it has ended.');
  process.exit(1);
}
