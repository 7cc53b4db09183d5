import { agentRun } from '../../contract/built-in/agent-run.ts';
import type { Task } from '../../contract/task.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { decimal, list, oneOf, text } from '../option.ts';
import type { ValuesOf } from '../option.ts';

const { agent, permissions } = agentRun.inputSchema.properties;

/** The parameters of agent:run, for people who do not want to write JSON. */
export const agentOptions = {
  agent: oneOf('Run a prompt with this AI agent: sets the tool to agent:run.', agent.enum),
  prompt: text('What the agent should do.'),
  'prompt-file': text('File with the prompt, read when the run starts.', 'FILE'),
  model: text('Model of the agent. Default: its own.', 'MODEL'),
  permissions: oneOf(
    'What the agent may do without asking: only look (read), what its own settings and --allow-tool allow (ask), also change files (edit), or everything (all). Default: ask.',
    permissions.enum,
  ),
  'allow-tool': list('Tool that the agent may use without asking, for example "Bash(git push:*)".', 'TOOL'),
  'mcp-server': list('MCP server of the settings that the agent can use besides its own.', 'SERVER'),
  'max-cost': decimal('Stop a run of the agent when it has cost this many US dollars.', { min: 0.01, max: 100_000 }),
} as const;

interface WithTool {
  readonly tool?: string | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Returns the tool and parameters that these options ask for; nothing if none was given. Options that are not given keep
 * what the task has.
 * @param before the task that is changed, or null for a new one
 * @throws SchedulerError `usage/conflicting-options` for another tool, or parameters as JSON.
 */
export function agentFields(
  args: ValuesOf<typeof agentOptions> & WithTool,
  before: Pick<Task, 'tool' | 'parameters'> | null,
): Partial<Pick<Task, 'tool' | 'parameters'>> {
  const given = definedOf({
    agent: args.agent,
    prompt: args.prompt,
    promptFile: args['prompt-file'],
    model: args.model,
    permissions: args.permissions,
    allowedTools: args['allow-tool'],
    mcpServers: args['mcp-server'],
    maxCostUsd: args['max-cost'],
  });
  const [first] = Object.keys(given);
  if (first === undefined) return {};
  const stored = before?.tool === agentRun.tool ? before : null;
  const tool = args.tool ?? (args.agent === undefined ? before?.tool : agentRun.tool);
  if (tool !== agentRun.tool) throw conflict(`Options of an agent need --agent, for example --agent ${agent.enum[0]}.`);
  if (args.agent === 'command' && stored?.parameters['command'] === undefined) throw conflict(needsProgram);
  if (args.params !== undefined)
    throw conflict('--params holds all parameters: leave it out, or leave out the options of the agent.');
  const { prompt, promptFile, ...rest } = stored?.parameters ?? {};
  // A new prompt takes the place of the old one, in whichever form that was.
  const kept = 'prompt' in given || 'promptFile' in given ? rest : { ...rest, ...definedOf({ prompt, promptFile }) };
  return { tool, parameters: { ...kept, ...given } };
}

const needsProgram =
  'The agent "command" needs a program, which no option sets. Give all of it as parameters, without the options of the agent: --tool agent:run --params \'{"agent":"command","command":["PROGRAM"],"prompt":"TEXT"}\'.';

function conflict(message: string): SchedulerError {
  return new SchedulerError('usage/conflicting-options', message);
}
