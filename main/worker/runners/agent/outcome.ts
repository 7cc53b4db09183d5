import type { AgentResult } from '../../../contract/agent-result.ts';
import type { AgentFacts, Denial } from '../../../domain/agent-run/agent-command.ts';
import { firstLine, saysSignedOut } from '../../../domain/agent-run/fields.ts';
import { signalBehind, signalHint } from '../exit-signals.ts';
import { cancelled, failure, success } from '../runner.ts';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';
import type { AgentPlan } from './plan.ts';

export interface AgentEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly facts: AgentFacts;
  /** The first line of its output that is not JSON. */
  readonly stranger: string | null;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
}

/** Returns the outcome of an agent that ended. The first cause in this order is the one that a person must remove first. */
export function agentOutcome(end: AgentEnd, plan: AgentPlan, { spec, signal }: RunnerContext): RunnerOutcome {
  const { exitCode, facts } = end;
  const exit = { exitCode, signal: end.signal, result: resultOf(facts, plan) };
  if (signal.aborted) return cancelled('the agent worked', exit);
  const reason = facts.problem ?? (exitCode === 0 ? null : lastLine(end));
  if (facts.signedOut && facts.problem !== null)
    return failure('agent/signed-out', signedOut(plan, facts.problem), exit);
  if (reason !== null && !facts.ended && saysSignedOut(reason))
    return failure('agent/signed-out', signedOut(plan, reason), exit);
  if (facts.denials.length > 0)
    return failure('agent/needs-permission', needsPermission(facts.denials, plan, spec.taskName), exit);
  if (facts.problem !== null) return failure('agent/failed', `${plan.agent.title} failed: ${facts.problem}`, exit);
  if (end.signal !== null) {
    const message = `${plan.agent.title} was ended by ${end.signal}, and not by NCP Scheduler.${signalHint(end.signal)}`;
    return failure('agent/signal', message, exit);
  }
  if (exitCode !== 0) {
    const words = reason === null ? '' : ` ${reason}`;
    const message = `${plan.agent.title} ended with exit code ${exitCode}${signalBehind(exitCode)}.${words}`;
    return failure('agent/exit-code', message, exit);
  }
  return facts.ended ? success(exit.result, 0) : failure('agent/no-answer', noAnswer(end, plan), exit);
}

function resultOf(facts: AgentFacts, { name, agent }: AgentPlan): AgentResult {
  const { text, costUsd, turns, sessionId, model } = facts;
  return {
    ...{ agent: name, text, isError: facts.problem !== null, costUsd, turns, sessionId },
    resume: sessionId === null || agent.resume === null ? null : agent.resume(sessionId),
    model,
    filesChanged: [...facts.files],
    neededPermissions: permissionsOf(facts.denials),
  };
}

const permissionsOf = (denials: readonly Denial[]): string[] => [
  ...new Set(denials.map(({ permission }) => permission)),
];

function signedOut({ agent }: AgentPlan, reason: string): string {
  return `${agent.title} is not signed in (${firstLine(reason)}). Sign in: ${agent.signIn}. If it uses a key, check the key in the task's environment.`;
}

/** Names each permission, and the command that gives all of them. */
function needsPermission(denials: readonly Denial[], plan: AgentPlan, taskName: string): string {
  const permissions = permissionsOf(denials);
  const shown = permissions.slice(0, 5).map(firstLine).join(', ') + (permissions.length > 5 ? ', …' : '');
  const tools = denials.flatMap(({ grant }) => ('tool' in grant ? [grant.tool] : []));
  const mode = denials.flatMap(({ grant }) => ('permissions' in grant ? [grant.permissions] : []))[0];
  const options = [
    ...(mode === undefined ? [] : [`--permissions ${mode}`]),
    ...[...new Set(tools.length === 0 ? [] : [...plan.allowedTools, ...tools])].map(
      (tool) => `--allow-tool ${quoted(tool)}`,
    ),
  ].join(' ');
  return `${plan.agent.title} needs permission: ${shown}. Nobody can give it while it runs. To allow it: ncp-scheduler update ${quoted(taskName)} ${options}`;
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

function noAnswer({ stranger }: AgentEnd, { agent }: AgentPlan): string {
  const cause =
    stranger === null
      ? 'It printed no result'
      : `Its output is not the JSON that it was asked for, but begins with: ${firstLine(stranger)}`;
  return `${agent.title} ended with exit code 0 and without a final answer. ${cause}. Its version may be too old or too new: try ${agent.program === '' ? 'the command' : `"${agent.program} --version"`} in a terminal.`;
}

/** Returns the last line that says something, which is where programs write why they end. */
function lastLine({ stderr, stranger }: AgentEnd): string | null {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.at(-1) ?? stranger;
  return line === null ? null : firstLine(line);
}
