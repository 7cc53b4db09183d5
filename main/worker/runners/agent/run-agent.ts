import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { serverFileOf } from '../../../domain/agent-run/server-file.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import { cancelled, failure } from '../runner.ts';
import { taskSpawn } from '../spawn.ts';
import { endLeftovers, outputEnd, startTaskProcess, terminateGroup } from '../task-process.ts';
import { agentOutcome } from './outcome.ts';
import { AgentOutput } from './output.ts';
import { agentPlan } from './plan.ts';
import type { ChildProcess } from 'node:child_process';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';
import type { AgentPlan } from './plan.ts';

/** How much of the end of stderr is kept to say why an agent failed, in characters. */
const stderrKept = 8 * 1024;
const NOT_FOUND = 127;

/** Runs `agent:run`: starts the agent's own command line without a terminal and reads its structured output. */
export async function runAgent(context: RunnerContext): Promise<RunnerOutcome> {
  const plan = agentPlan(context.spec);
  const { serverFile } = plan.call;
  const path = serverFileOf(context.spec.logPath);
  if (serverFile === undefined) return started(plan, plan.call.args, context);
  // The configuration of a server may hold secrets: readable for the owner only, and gone after the run.
  writeFileSync(path, serverFile.content, { mode: 0o600 });
  try {
    return await started(plan, [...plan.call.args, ...serverFile.args(path)], context);
  } finally {
    rmSync(path, { force: true });
  }
}

async function started(plan: AgentPlan, args: readonly string[], context: RunnerContext): Promise<RunnerOutcome> {
  const { spec, log, execution, signal } = context;
  const child = startTaskProcess(await taskSpawn(), {
    file: plan.program,
    args,
    cwd: spec.workingDirectory,
    env: { ...spec.env, ...plan.call.env },
    execution,
    stdin: plan.call.input === undefined ? 'ignore' : 'pipe',
  });
  const stop = () => terminateGroup(child, execution);
  signal.addEventListener('abort', stop);
  try {
    const read = readOutput(child, plan, context);
    givePrompt(child, plan.call.input);
    const closed = new Promise<void>((resolve) => void child.once('close', () => resolve()));
    const [exitCode, endedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await endLeftovers(execution, log);
    await outputEnd(child, closed);
    return agentOutcome({ exitCode, signal: endedBy, ...read() }, plan, context);
  } catch (error) {
    return startFailure(error, plan, context);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Follows both streams. The returned function ends the reading and gives what was read. */
function readOutput(child: ChildProcess, plan: AgentPlan, context: RunnerContext) {
  const { log } = context;
  const output = new AgentOutput(plan.agent, context);
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdout?.on('error', (error) => log.sys(`Reading stdout failed: ${error.message}`));
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write('err', chunk);
    stderr = (stderr + chunk.toString('utf8')).slice(-stderrKept);
  });
  child.stderr?.on('error', (error) => log.sys(`Reading stderr failed: ${error.message}`));
  return () => {
    output.end();
    log.endOf('out');
    log.endOf('err');
    return { facts: output.facts, stranger: output.stranger, stderr };
  };
}

/** Writes the prompt to standard input: there it is in no list of processes, and as long as it likes. */
function givePrompt(child: ChildProcess, prompt: string | undefined): void {
  if (prompt === undefined || !child.stdin) return;
  // A program that ends before it has read its input says why in its output.
  child.stdin.on('error', () => undefined);
  child.stdin.end(prompt);
}

function startFailure(error: unknown, { agent, program }: AgentPlan, { spec, signal }: RunnerContext): RunnerOutcome {
  if (error instanceof SchedulerError) throw error;
  if (signal.aborted) return cancelled('the agent was starting');
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return failure('agent/not-started', `${program} could not be started: ${messageOf(error)}`);
  const path = spec.env['PATH'] ?? spec.env['Path'] ?? '';
  const message = `${agent.title} was not found: there is no program ${program} in the task's PATH, which is ${path === '' ? 'empty' : path}. Install it: ${agent.install}. Or set "command" to its full path.`;
  return failure('agent/not-found', message, { exitCode: NOT_FOUND });
}
