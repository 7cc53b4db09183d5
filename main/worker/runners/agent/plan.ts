import { readFile } from '../../../adapters/files/read-file.ts';
import { agentRun } from '../../../contract/built-in/agent-run.ts';
import type { AgentName } from '../../../contract/built-in/agent-run.ts';
import type { ExecutionSpec } from '../../../contract/worker.ts';
import { agents } from '../../../domain/agent-run/agents.ts';
import type { AgentCall, AgentCommand } from '../../../domain/agent-run/agent-command.ts';
import { messageOf } from '../../../domain/errors.ts';
import { agentProblem } from '../../../domain/built-in/agent-problem.ts';
import { taskPath } from '../../task-path.ts';
import { ParameterReader } from '../parameters.ts';

export interface AgentPlan {
  readonly name: AgentName;
  readonly agent: AgentCommand;
  readonly program: string;
  readonly call: AgentCall;
  readonly allowedTools: readonly string[];
}

const { properties } = agentRun.inputSchema;

/** More than any model takes. */
const longestPromptBytes = 10 * 1024 * 1024;

/** @throws SchedulerError `execution/bad-parameters`, also for a file of the prompt that cannot be read. */
export function agentPlan(spec: ExecutionSpec): AgentPlan {
  const read = new ParameterReader(agentRun, spec.parameters);
  const name = read.choice('agent', properties.agent.enum);
  if (name === undefined) throw read.bad('agent', `is required: one of ${properties.agent.enum.join(', ')}`);
  const problem = agentProblem(spec.parameters);
  if (problem !== null) throw read.bad(problem.parameter as 'agent', problem.problem);
  const agent = agents[name];
  const command = read.texts('command') ?? [];
  const promptFile = read.text('promptFile');
  const path = promptFile === undefined ? null : taskPath(spec, promptFile);
  const allowedTools = read.texts('allowedTools') ?? [];
  const call = agent.call({
    prompt: `${path === null ? (read.text('prompt') ?? '') : promptIn(path, read)}${spec.promptNote ?? ''}`,
    promptFile: path,
    model: read.text('model') ?? null,
    permissions: read.choice('permissions', properties.permissions.enum) ?? 'ask',
    allowedTools,
    maxCostUsd: (read.raw('maxCostUsd') as number | undefined) ?? null,
    servers: spec.agentServers ?? {},
    extra: read.texts('arguments') ?? [],
    command,
  });
  const [first = agent.program, ...before] = command;
  // The arguments of "command" are part of the call of an unknown agent; others get them in front of their own.
  return {
    name,
    agent,
    program: first,
    allowedTools,
    call: name === 'command' ? call : { ...call, args: [...before, ...call.args] },
  };
}

function promptIn(path: string, read: ParameterReader<'promptFile' | 'prompt'>): string {
  try {
    const prompt = readFile(path, longestPromptBytes).toString('utf8');
    if (prompt.trim() !== '') return prompt;
  } catch (error) {
    throw read.bad('promptFile', `cannot be read: ${messageOf(error)}`);
  }
  throw read.bad('promptFile', `has no prompt: ${path} is empty`);
}
