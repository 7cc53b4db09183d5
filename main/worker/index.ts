import { setPriority } from 'node:os';
import { processTree } from '../adapters/process/process-tree.ts';
import { messageOf } from '../domain/errors.ts';
import { WorkerExecution } from './execution.ts';
import { readMessage } from './messages.ts';
import { prepareFor } from './runners/runner-of.ts';
import { parentPort } from './parent-port.ts';
import type { ToWorker } from '../contract/worker.ts';

/** The parent acknowledges at once; if it does not, it is gone or stuck, and the outcome was sent. */
const ACKNOWLEDGE_WITHIN_MS = 10_000;
/** Time between TERM and KILL when the parent is gone, as in the kill ladder. */
const GRACE_MS = 5000;
const EXIT_FAULT = 70;

const port = parentPort();
let execution: WorkerExecution | null = null;
let exitCode = 0;

port.onMessage((value) => {
  const read = readMessage(value);
  if (read.ok) return handle(read.message);
  void read.problem.then((problem) => fault(`The worker was sent something it does not understand: ${problem}`));
});
port.onGone(() => void parentGone());
process.on('uncaughtException', (error) => fault(`The worker failed: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) =>
  fault(`The worker failed: a rejection nobody handled: ${messageOf(reason)}`),
);
// These are for the task, and reach it by its own process group; a terminal's Ctrl+C would reach the worker as well.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
port.send({ type: 'ready', pid: process.pid });

function handle(message: ToWorker): void {
  if (message.type === 'run') return void run(message);
  if (message.type === 'prepare') return void prepareFor(message.tool);
  if (message.type === 'cancel' && execution) return execution.cancel(reasons[message.reason]);
  process.exit(exitCode);
}

const reasons = {
  timeout: 'the time limit is over',
  cancelled: 'cancelled',
  memory: 'the memory limit was passed',
  quit: 'NCP Scheduler is quitting',
} as const;

async function run(message: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  if (execution) return fault('The worker was given a second execution; it runs exactly one.');
  execution = new WorkerExecution(message.spec, (report) => port.send(report));
  const problem = message.nice === undefined ? null : lowerPriority(message.nice);
  const running = execution.run();
  if (problem !== null) execution.remark(`The priority could not be lowered: ${problem}`);
  await running;
  setTimeout(() => process.exit(exitCode), ACKNOWLEDGE_WITHIN_MS);
}

function lowerPriority(nice: number): string | null {
  try {
    setPriority(nice);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** Something is wrong with the worker itself: one failed execution with a clear error, then it is gone. */
function fault(message: string): void {
  exitCode = EXIT_FAULT;
  execution?.fail(message);
  // The report needs a moment to leave; the parent sees the exit code either way.
  setTimeout(() => process.exit(exitCode), 200);
}

/** Nobody will hear the outcome: stop what runs as the parent would, write the reason into the log, and go. */
async function parentGone(): Promise<void> {
  if (!execution) process.exit(0);
  const id = execution.executionId;
  execution.cancel('NCP Scheduler, which ran this, is gone');
  const tree = processTree();
  for (const end = Date.now() + GRACE_MS; Date.now() < end;) {
    if (tree.descendants(process.pid, id).length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  tree.signal(process.pid, id, 'SIGKILL');
  execution.abandon('Interrupted: NCP Scheduler, which ran this, is gone.');
  process.exit(1);
}
