import { agentRun } from '../../contract/built-in/agent-run.ts';
import { httpRequest } from '../../contract/built-in/http-request.ts';
import { isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { Task } from '../../contract/task.ts';
import { referencedSecrets } from '../../domain/secrets/references.ts';
import { soundsSecret } from '../../domain/secrets/rules.ts';

/**
 * Returns whether a run of this task may sign in somewhere: as an agent, at an MCP server, with a stored secret, or with an
 * HTTP header or address that has credentials; the same for its probe. Only then can a sign-in expire before its slot.
 */
export function maySignIn(task: Pick<Task, 'tool' | 'parameters' | 'env' | 'policies'>): boolean {
  const { tool, parameters, env } = task;
  const probe = task.policies?.probe;
  if (referencedSecrets([parameters, env, probe]).length > 0) return true;
  return (
    callSignsIn(tool, parameters) || (probe?.tool !== undefined && callSignsIn(probe.tool, probe.parameters ?? {}))
  );
}

type Parameters = Readonly<Record<string, unknown>>;

const callSignsIn = (tool: string, parameters: Parameters): boolean =>
  tool === agentRun.tool || isMcpTool(tool) || (tool === httpRequest.tool && hasCredentials(parameters));

function hasCredentials({ headers, url }: Parameters): boolean {
  if (Object.keys(headers ?? {}).some(soundsSecret)) return true;
  if (typeof url !== 'string' || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
