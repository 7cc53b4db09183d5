import type { AgentName } from '../../contract/built-in/agent-run.ts';
import { agents } from '../agent-run/agents.ts';
import type { ParameterProblem } from './parameter-problem.ts';

type Parameters = Readonly<Record<string, unknown>>;

const limits = ['model', 'allowedTools', 'maxCostUsd', 'mcpServers'] as const;

/** Where each agent takes its MCP servers from, if a run cannot name them. */
const ownServers: Readonly<Partial<Record<AgentName, string>>> = {
  codex: 'codex mcp add',
  gemini: 'gemini mcp add',
  goose: 'goose configure',
};

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** Returns why a run of an agent with these parameters could never work as asked, or null. */
export function agentProblem(parameters: Parameters): ParameterProblem | null {
  const { agent, command, maxCostUsd } = parameters;
  if (typeof agent !== 'string' || !Object.hasOwn(agents, agent)) return null;
  const name = agent as AgentName;
  if (name === 'command' && !Array.isArray(command))
    return { parameter: 'command', problem: 'is required with the agent "command": a program and its arguments' };
  if (Array.isArray(command) && isBlank(command[0]))
    return { parameter: 'command', problem: 'must begin with the name of a program' };
  const { obeys, title } = agents[name];
  const ignored = limits.find((limit) => parameters[limit] !== undefined && !obeys.includes(limit));
  if (ignored === 'mcpServers' && ownServers[name] !== undefined)
    return {
      parameter: ignored,
      problem: `is not possible with ${name}: add the server to its own configuration with: ${ownServers[name]}`,
    };
  if (ignored !== undefined)
    return { parameter: ignored, problem: `is not possible with ${name}: ${title} has no such option` };
  if (typeof maxCostUsd === 'number' && maxCostUsd <= 0)
    return { parameter: 'maxCostUsd', problem: 'must be more than 0' };
  return null;
}
