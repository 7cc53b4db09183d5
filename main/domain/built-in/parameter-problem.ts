import type { BuiltInToolName } from '../../contract/built-in/built-ins.ts';
import { agentProblem } from './agent-problem.ts';
import { httpProblem } from './http-problem.ts';

export interface ParameterProblem {
  readonly parameter: string;
  /** The rest of the sentence that begins with the parameter's name. */
  readonly problem: string;
}

type Check = (parameters: Readonly<Record<string, unknown>>) => ParameterProblem | null;

function shellProblem({ command, args }: Parameters<Check>[0]): ParameterProblem | null {
  if (typeof command === 'string' && command.trim() === '') return { parameter: 'command', problem: 'is empty' };
  const [program] = Array.isArray(args) ? (args as unknown[]) : [];
  if (typeof program !== 'string' || program.trim() !== '') return null;
  return { parameter: 'args', problem: 'must begin with the name of a program' };
}

const checks: Readonly<Record<BuiltInToolName, Check>> = {
  'shell:run': shellProblem,
  'http:request': httpProblem,
  'agent:run': agentProblem,
};

/** Returns why parameters that fit the tool's schema can never work, or null. Checked before a task is saved. */
export const parameterProblem = (tool: BuiltInToolName, parameters: Parameters<Check>[0]): ParameterProblem | null =>
  checks[tool](parameters);
